import { request } from './client';
import type { Status } from './types';

/** What a start asks, in its order. */
export interface Gate {
  gate: 'due' | 'queue' | 'concurrency' | 'worker' | 'slot';
  closed: boolean;
  sentence: string;
  since: string | null;
  /** The seq of the event that closed it, where one did. */
  event: number | null;
}

export interface Run {
  execution: number;
  generation: number;
  attempt: number;
  fence: number;
  worker: string;
  started_at: string;
  end: 'running' | 'succeeded' | 'failed' | 'released' | 'cancelled';
  ended_at: string | null;
  end_event: number | null;
  reason:
    | 'first'
    | 'retry'
    | 'timeout'
    | 'lease_expired'
    | 'worker_lost'
    | 'interrupted'
    | 'released'
    | 'requeued';
  sentence: string;
  event: number;
}

export interface Why {
  job: number;
  seq: number;
  at: string;
  status: Status;
  waiting: { sentence: string; ready_in_queue: number; gates: Gate[] } | null;
  executions: { sentence: string; count: number; runs: Run[] };
}

export const getWhy = async (id: number): Promise<Why> => (await request(`/jobs/${id}/why`)).json();
