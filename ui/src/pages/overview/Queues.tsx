import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Pause } from 'lucide-react';
import { oldestQueued } from '../../api/depths';
import { keys } from '../../api/keys';
import type { Queue } from '../../api/types';
import { waitingSince } from '../../core/depth';
import { count } from '../../core/numbers';
import { coarse } from '../../core/time';
import { useClock } from '../../ui/clock';

const MOST = 7;
const OLDEST_MS = 5000;
const LONG_MS = 60_000;

/** The queues with the most to do; `ready` jobs could start now. */
export function Queues({ queues }: { queues: readonly Queue[] }) {
  if (queues.length === 0) return <p className="faint none">No queue has jobs or settings yet.</p>;
  const weight = ({ ready, running, by_status: by }: Queue): number =>
    ready * 1e6 + running * 1e3 + by.RETRYING;
  const shown = [...queues]
    .sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name))
    .slice(0, MOST);
  return (
    <>
      <table className="queues num">
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Ready</th>
            <th scope="col">Oldest</th>
            <th scope="col">Running</th>
            <th scope="col" className="wide">
              Retrying
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((queue) => (
            <tr key={queue.name}>
              <th scope="row">
                <span className="row tight">
                  <Link
                    className="ellip"
                    to="/queues/$name"
                    params={{ name: queue.name }}
                    search={{}}
                    title={queue.name}
                    preload={false}
                  >
                    {queue.name}
                  </Link>
                  {queue.paused && (
                    <span className="chip tag2" title="Paused">
                      <Pause className="i s" />
                      <span className="sr">Paused</span>
                    </span>
                  )}
                </span>
              </th>
              <td className={queue.ready === 0 ? 'faint' : undefined}>{count(queue.ready)}</td>
              <td>
                {queue.by_status.QUEUED === 0 ? (
                  <span className="faint">–</span>
                ) : (
                  <Oldest name={queue.name} />
                )}
              </td>
              <td className={queue.running === 0 ? 'faint' : undefined}>
                {count(queue.running)}
                {queue.concurrency !== null && <span className="faint"> of {count(queue.concurrency)}</span>}
              </td>
              <td className={queue.by_status.RETRYING === 0 ? 'wide faint' : 'wide'}>
                {count(queue.by_status.RETRYING)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {queues.length > MOST && (
        <p className="sub foot">
          <Link to="/queues" search={{}} preload={false}>
            and {count(queues.length - MOST)} more with less to do
          </Link>
        </p>
      )}
    </>
  );
}

/** How long the job has waited for its start that was made first. */
function Oldest({ name }: { name: string }) {
  const { data: job } = useQuery({
    queryKey: keys.oldestQueued(name),
    queryFn: ({ signal }) => oldestQueued(name, signal),
    refetchInterval: OLDEST_MS,
  });
  const since = job ? waitingSince(job) : null;
  const text = useClock((now) => (since === null ? '–' : coarse(now - since)));
  const isLong = useClock((now) => since !== null && now - since > LONG_MS);
  return <span className={isLong ? 'c-retrying' : undefined}>{text}</span>;
}
