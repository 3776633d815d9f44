import { Link } from '@tanstack/react-router';
import { Pause } from 'lucide-react';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { Oldest } from '../queues/Oldest';
import { QueueLink } from '../queues/QueueLink';

const MOST = 7;

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
                  <QueueLink name={queue.name} />
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
