import { millis } from '../core/time';
import { request } from './client';
import type { Slot as GivenSlot, Stats as GivenStats, History } from './generated';

export type { Latency, Rates } from './generated';

export type FullStats = GivenStats;

export type Resolution = 'second' | 'minute' | 'hour';

/** What happened in one slot of time that starts at `at`. */
export type Slot = Omit<GivenSlot, 'start'> & { at: number };

export const getFullStats = async (): Promise<FullStats> => (await request('/stats')).json();

export async function getHistory(
  resolution: Resolution,
  from: number,
  to?: number,
  signal?: AbortSignal,
): Promise<Slot[]> {
  const query = new URLSearchParams({ resolution, from: new Date(from).toISOString() });
  if (to !== undefined) query.set('to', new Date(to).toISOString());
  const answer: History = await (await request(`/stats/history?${query}`, { signal })).json();
  return answer.slots.map(({ start, ...slot }) => ({ ...slot, at: millis(start) }));
}
