import { useQueries } from '@tanstack/react-query';
import { newestJobs, newestJobsBy } from '../../api/depths';
import { keys } from '../../api/keys';
import type { Job } from '../../api/types';
import { plural } from '../../core/numbers';
import { usePast } from '../past/context';

/** Of more queues than these, the group is compared with the other dead letters only. */
const MOST_QUEUES = 3;
const NONE: readonly string[] = [];

export interface Compared {
  jobs: readonly Job[];
  words: string;
}

/** What a group of dead letters is held against: what comes to the same queues, good and bad; until that is known, all dead letters. */
export function useCompared(queues: readonly string[], read: readonly Job[]): Compared {
  const past = usePast();
  const at = past?.state?.at ?? null;
  const asked = queues.length <= MOST_QUEUES && (past === null || at !== null) ? queues : NONE;
  const { jobs, isKnown } = useQueries({
    queries: asked.map((queue) => ({
      queryKey: at === null ? keys.queueJobs(queue) : keys.queueJobsThen(queue, at),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        at === null ? newestJobs(queue, signal) : newestJobsBy(queue, at, signal),
    })),
    combine: (results) => ({
      jobs: results.flatMap(({ data }) => data ?? []),
      isKnown: results.length > 0 && results.every(({ data }) => data !== undefined),
    }),
  });
  if (!isKnown || jobs.length === 0) return { jobs: read, words: 'all dead letters that were read' };
  const of = queues.length === 1 ? queues[0] : 'its queues';
  return { jobs, words: `the newest ${plural(jobs.length, 'job')} of ${of}` };
}
