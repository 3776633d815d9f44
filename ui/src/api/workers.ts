import { parseExact } from '../core/json';
import { post, request } from './client';
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

export type WorkerOrder = 'quiet' | 'terminate';

export const orderWorker = async (name: string, order: WorkerOrder): Promise<Worker> =>
  (await post(`/workers/${encodeURIComponent(name)}/${order}`)).json();

export const getBatch = async (id: string): Promise<Batch> =>
  (await request(`/batches/${encodeURIComponent(id)}`)).json();
