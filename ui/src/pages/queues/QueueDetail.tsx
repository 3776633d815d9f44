import { useQuery } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { newestJobs } from '../../api/depths';
import { keys } from '../../api/keys';
import type { Job } from '../../api/types';
import { listWorkers } from '../../api/workers';
import { changesOf } from '../../core/queues';
import { useFlags } from '../time-travel/useFlags';
import { useLiveRefetch } from '../useLiveRefetch';
import { QueueBody } from './QueueBody';
import type { QueueOrderProps } from './QueueHead';
import { Listeners } from './QueueSide';
import type { Depths } from './useDepths';

const JOBS_GAP_MS = 3000;
const WORKERS_MS = 3000;
const NONE: readonly Job[] = [];

export interface QueueDetailProps extends QueueOrderProps {
  depths: Depths;
}

/** One queue as it is now. */
export function QueueDetail(props: QueueDetailProps) {
  const { queue, depths } = props;
  const { name } = queue;
  useLiveRefetch(keys.queueJobs(name), JOBS_GAP_MS);
  const { data: jobs = NONE } = useQuery({
    queryKey: keys.queueJobs(name),
    queryFn: ({ signal }) => newestJobs(name, signal),
    refetchOnMount: 'always',
  });
  const { data: workers } = useQuery({
    queryKey: keys.workers,
    queryFn: listWorkers,
    refetchInterval: every(WORKERS_MS),
  });
  const { flags } = useFlags(stretchOf(depths), depths.now);
  return (
    <QueueBody
      {...props}
      changes={changesOf(flags, name, jobs)}
      jobs={jobs}
      noJobs="No job has been made yet."
      workers={workers && <Listeners workers={workers} queue={name} />}
    />
  );
}

/** In whole steps, so that what was read of the log holds for a while. */
export const stretchOf = ({ reach: { spanMs, stepMs }, now }: Depths) => {
  const to = (Math.floor(now / stepMs) + 1) * stepMs;
  return { from: to - spanMs, to };
};
