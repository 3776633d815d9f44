import type { Queue } from '../api/types';

export const LIMIT_MAX = 1_000_000;

/** Paused ones first, then those with the most to do. */
export function arrangeQueues(queues: readonly Queue[]): Queue[] {
  const weight = (q: Queue): number => q.ready + q.running + q.by_status.RETRYING;
  return [...queues].sort(
    (a, b) => Number(b.paused) - Number(a.paused) || weight(b) - weight(a) || (a.name < b.name ? -1 : 1),
  );
}

export const isFull = (q: Queue): boolean => q.concurrency !== null && q.running >= q.concurrency;

/** What was typed as a limit: a number, null for none, or what is wrong with it. */
export function limitFrom(text: string): number | null | string {
  const typed = text.trim();
  if (typed === '') return null;
  const limit = Number(typed);
  return Number.isInteger(limit) && limit >= 1 && limit <= LIMIT_MAX
    ? limit
    : 'A whole number from 1 to 1,000,000, or nothing for no limit';
}

/** Share of ended jobs that succeeded; null before any has ended. */
export function successOf({ by_status: by }: Queue): number | null {
  const ended = by.SUCCEEDED + by.FAILED + by.DISCARDED;
  return ended === 0 ? null : by.SUCCEEDED / ended;
}
