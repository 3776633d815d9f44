import type { Sample } from '../core/depth';
import { parseExact } from '../core/json';
import { isoMillis, millis } from '../core/time';
import { request } from './client';
import { getState } from './past';
import type { Job } from './types';

// What a queue was and is like, beyond its numbers of now.

/** All queues as they were; the log is read up to then. */
export async function queuesAt(time: number, signal?: AbortSignal): Promise<Sample> {
  const { queues } = await getState({ kind: 'time', time }, signal, 1, ['RUNNING']);
  return { at: time, queues };
}

const JOBS_READ = 300;

const jobsFrom = async (query: URLSearchParams, signal?: AbortSignal): Promise<Job[]> =>
  parseExact(await (await request(`/jobs?${query}`, { signal })).text()) as Job[];

/** The newest jobs of a queue, so many that they tell what it is like. */
export const newestJobs = (queue: string, signal?: AbortSignal): Promise<Job[]> =>
  jobsFrom(new URLSearchParams({ queue, limit: String(JOBS_READ) }), signal);

/** The same as of a time of the server: those that had been made by then, as they are now. */
export async function newestJobsBy(queue: string, at: string, signal?: AbortSignal): Promise<Job[]> {
  const query = new URLSearchParams({
    queue,
    limit: String(JOBS_READ),
    created_before: isoMillis(millis(at) + 1),
  });
  const jobs = await jobsFrom(query, signal);
  return jobs.filter(({ created_at }) => created_at <= at);
}

/** The one that was made first of those that wait for their start, in a queue or in all of them. */
export async function oldestQueued(queue: string | null, signal?: AbortSignal): Promise<Job | null> {
  const query = new URLSearchParams({ status: 'QUEUED', sort: 'id', limit: '1' });
  if (queue !== null) query.set('queue', queue);
  return (await jobsFrom(query, signal))[0] ?? null;
}
