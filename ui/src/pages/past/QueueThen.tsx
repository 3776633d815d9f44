import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { newestJobsBy } from '../../api/depths';
import { keys } from '../../api/keys';
import type { State } from '../../api/past';
import type { Job, Status } from '../../api/types';
import { count, plural } from '../../core/numbers';
import { changesOf } from '../../core/queues';
import { runnersOf, toldOf } from '../../core/then';
import { useServerClock } from '../../ui/clock';
import { QueueBody } from '../queues/QueueBody';
import { type QueueDetailProps, stretchOf } from '../queues/QueueDetail';
import { useFlags } from '../time-travel/useFlags';
import { usePastHere } from './context';
import { useListThen } from './useListThen';

const RUNNING: readonly Status[] = ['RUNNING'];
const NONE: readonly Job[] = [];
const MOST_WORKERS = 12;
const TRIES = 3;

/** One queue as it was. */
export function QueueThen(props: QueueDetailProps) {
  const { queue, depths } = props;
  const { name } = queue;
  const { at, state, view } = usePastHere();
  const { seq = 0, at: time = '' } = view.state ?? {};
  const { data: jobs } = useQuery({
    queryKey: keys.queueJobsThen(name, at),
    queryFn: ({ signal }) => newestJobsBy(name, time, signal),
    enabled: state !== null,
    placeholderData: keepPreviousData,
    retry: TRIES,
  });
  const told = useMemo(() => toldOf(jobs ?? NONE, time), [jobs, time]);
  const stretch = stretchOf(depths);
  // The step that the moment lies in may be the one that now lies in: then there is more to come.
  const now = useServerClock((at) => Math.floor(at / depths.reach.stepMs) * depths.reach.stepMs);
  const { flags } = useFlags(stretch, now, state !== null);
  const before = flags.filter((flag) => flag.seq <= seq && flag.time >= depths.now - depths.reach.spanMs);
  return (
    <QueueBody
      {...props}
      changes={changesOf(before, name, jobs ?? NONE)}
      jobs={jobs ?? NONE}
      noJobs={noJobsWords(queue.by_status, jobs)}
      told={told}
      workers={<Runners queue={name} running={queue.by_status.RUNNING} />}
    />
  );
}

/** Jobs are found as they are now; those that left the log since, with what they told, are not. */
function noJobsWords(by: State['by_status'], jobs: readonly Job[] | undefined): string {
  if (!jobs) return '';
  const hadAny = Object.values(by).some((n) => n > 0);
  return hadAny ? 'The jobs of then have left the log since.' : 'No job had been made yet.';
}

/** Who ran jobs of the queue. Who else asked for it, nobody knows any more. */
function Runners({ queue, running }: { queue: string; running: number }) {
  const { jobs } = useListThen(RUNNING);
  if (!jobs) return null;
  const { workers, inside } = runnersOf(jobs, queue);
  const listed = inside + workers.reduce((sum, { n }) => sum + n, 0);
  return (
    <>
      {workers.length > 0 && (
        <p className="listeners">
          {workers.slice(0, MOST_WORKERS).map(({ name, n }) => (
            <Link
              key={name}
              className="chip"
              to="/workers/$id"
              params={{ id: name }}
              search={{}}
              title={`${name} ran ${plural(n, 'job')} of this queue`}
              preload={false}
            >
              <i className="dot" />
              <span className="ellip">{name}</span>
              <span className="faint num">{count(n)}</span>
            </Link>
          ))}
          {workers.length > MOST_WORKERS && (
            <span className="faint">and {count(workers.length - MOST_WORKERS)} more</span>
          )}
        </p>
      )}
      <p className="faint none">
        {running === 0 && 'Nothing of it ran. '}
        {inside > 0 && `${plural(inside, 'job')} ran inside the server. `}
        {listed < running && `Of ${plural(running, 'job')} that ran, ${count(listed)} are listed. `}
        Who else asked for it then is not in the log.
      </p>
    </>
  );
}
