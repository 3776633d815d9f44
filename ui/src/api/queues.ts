import { post, request } from './client';
import type { Queue } from './types';

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
