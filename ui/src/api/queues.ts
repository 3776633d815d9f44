import type { Sample } from '../core/depth';
import { parseExact } from '../core/json';
import { post, request } from './client';
import { getState } from './past';
import type { Job, Queue } from './types';

export const listQueues = async (): Promise<Queue[]> => (await request('/queues')).json();

const path = (name: string): string => `/queues/${encodeURIComponent(name)}`;

export const pauseQueue = async (name: string, reason: string): Promise<Queue> =>
  (await post(`${path(name)}/pause`, JSON.stringify({ reason }))).json();

export const resumeQueue = async (name: string): Promise<Queue> =>
  (await post(`${path(name)}/resume`)).json();

/** Null: no limit. */
export const limitQueue = async (name: string, concurrency: number | null): Promise<Queue> =>
  (
    await request(`${path(name)}/limit`, {
      method: 'PUT',
      body: JSON.stringify({ concurrency }),
      headers: { 'Content-Type': 'application/json' },
    })
  ).json();

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

/** The one that was made first of those that wait for their start, in a queue or in all of them. */
export async function oldestQueued(queue: string | null, signal?: AbortSignal): Promise<Job | null> {
  const query = new URLSearchParams({ status: 'QUEUED', sort: 'id', limit: '1' });
  if (queue !== null) query.set('queue', queue);
  return (await jobsFrom(query, signal))[0] ?? null;
}
