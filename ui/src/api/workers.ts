import { parseExact } from '../core/json';
import { post, request } from './client';
import { readLog } from './eventLog';
import type { Batch, Job, Worker } from './types';

export const listWorkers = async (): Promise<Worker[]> => (await request('/workers')).json();

const RUNNING_SHOWN = 500;

/** Jobs that run now, the newest first; further ones are known to their workers by number only. */
export async function listRunning(): Promise<Job[]> {
  const answer = await request(`/jobs?status=RUNNING&limit=${RUNNING_SHOWN}`);
  return parseExact(await answer.text()) as Job[];
}

const LAST_READ = 100;

/** Those that succeeded last of a type. */
export async function lastSucceeded(type: string, signal?: AbortSignal): Promise<Job[]> {
  const query = new URLSearchParams({ type, status: 'SUCCEEDED', limit: String(LAST_READ) });
  return parseExact(await (await request(`/jobs?${query}`, { signal })).text()) as Job[];
}

const LOSS_READ = 500;

/** The jobs whose attempts failed because a worker was lost: the log has them right after that. */
export async function jobsLostWith(worker: string, lostAt: number, signal?: AbortSignal): Promise<number[]> {
  const { events } = await readLog({ after: lostAt, limit: LOSS_READ }, signal);
  return events.flatMap(({ value: { type, job, data } }) => {
    const { message } = (data.error ?? {}) as { message?: string };
    const isIts = type === 'Failed' && data.cause === 'worker_lost' && message?.startsWith(`${worker} `);
    return isIts ? [job] : [];
  });
}

export type WorkerOrder = 'quiet' | 'terminate';

export const orderWorker = async (name: string, order: WorkerOrder): Promise<Worker> =>
  (await post(`/workers/${encodeURIComponent(name)}/${order}`)).json();

export const getBatch = async (id: string): Promise<Batch> =>
  (await request(`/batches/${encodeURIComponent(id)}`)).json();
