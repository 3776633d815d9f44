import { millis } from '../core/time';
import { request } from './client';
import type { Stats } from './types';

export interface Latency {
  count: number;
  p50: number;
  p90: number;
  p99: number;
}

export interface Rates {
  created: number;
  succeeded: number;
  failed: number;
}

export interface FullStats extends Stats {
  rates: { last_10_s: Rates; last_60_s: Rates };
  latency: { wait_ms: Latency; run_ms: Latency; total_ms: Latency };
}

export type Resolution = 'second' | 'minute' | 'hour';

/** What happened in one slot of time that starts at `at`. */
export interface Slot {
  at: number;
  created: number;
  attempted: number;
  succeeded: number;
  failed: number;
  retried: number;
  dead_lettered: number;
  cancelled: number;
  /** All other events, those of the system too. */
  other: number;
  wait_ms: Latency;
  run_ms: Latency;
  total_ms: Latency;
}

interface HistoryAnswer {
  slots: (Omit<Slot, 'at'> & { start: string })[];
}

export const getFullStats = async (): Promise<FullStats> => (await request('/stats')).json();

export async function getHistory(resolution: Resolution, from: number): Promise<Slot[]> {
  const query = new URLSearchParams({ resolution, from: new Date(from).toISOString() });
  const answer: HistoryAnswer = await (await request(`/stats/history?${query}`)).json();
  return answer.slots.map(({ start, ...slot }) => ({ ...slot, at: millis(start) }));
}
