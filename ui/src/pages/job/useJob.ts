import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { type ApiError, getEvents, getJob } from '../../api/client';
import { keys } from '../../api/keys';
import type { Job, JobEvent, WithText } from '../../api/types';
import { useServices } from '../services';

export interface JobRecord {
  job: WithText<Job> | undefined;
  events: readonly WithText<JobEvent>[];
  /** Takes the answer of an action in, ahead of the stream. */
  take(job: WithText<Job>): void;
}

/** Events that follow the ones known; a resumed stream may repeat some. */
export function appendEvents(
  known: readonly WithText<JobEvent>[],
  more: readonly WithText<JobEvent>[],
): WithText<JobEvent>[] {
  const last = known.at(-1)?.value.seq ?? 0;
  return [...known, ...more.filter((event) => event.value.seq > last)];
}

interface LiveRecord extends JobRecord {
  error: ApiError | null;
  /** What is asked first, and may have failed. */
  query: UseQueryResult<WithText<Job>>;
}

/** One job with its events: fetched once, then kept up to date by the stream. */
export function useJob(id: number): LiveRecord {
  const { live } = useServices();
  const queries = useQueryClient();
  const options = { refetchOnMount: 'always' as const };
  const job = useQuery({ queryKey: keys.job(id), queryFn: () => getJob(id), ...options });
  const events = useQuery({ queryKey: keys.events(id), queryFn: () => getEvents(id), ...options });

  const take = useCallback(
    (fresh: WithText<Job>) =>
      queries.setQueryData<WithText<Job>>(keys.job(id), (known) =>
        known && known.value.version > fresh.value.version ? known : fresh,
      ),
    [queries, id],
  );
  useEffect(() => {
    live.subscribe({ subscribe: ['jobs', 'events', 'stats'], filter: { job: id } });
    return live.onBatch((batch) => {
      if (batch.reset) {
        void queries.invalidateQueries({ queryKey: keys.job(id) });
        void queries.invalidateQueries({ queryKey: keys.events(id) });
      }
      const fresh = batch.jobs.get(id);
      if (fresh) take(fresh);
      const own = batch.events.filter((event) => event.value.job === id);
      if (own.length === 0) return;
      queries.setQueryData<WithText<JobEvent>[]>(
        keys.events(id),
        (known) => known && appendEvents(known, own),
      );
    });
  }, [live, queries, id, take]);

  return {
    job: job.data,
    events: events.data ?? [],
    error: (job.error ?? events.error) as ApiError | null,
    query: job,
    take,
  };
}
