import type { Job, Queue } from '../api/types';
import { count, plural } from './numbers';
import type { Flag } from './timeline';

export const LIMIT_MAX = 1_000_000;

/** Paused ones first, then those with the most to do. */
export function arrangeQueues(queues: readonly Queue[]): Queue[] {
  const weight = (q: Queue): number => q.ready + q.running + q.by_status.RETRYING;
  return [...queues].sort(
    (a, b) => Number(b.paused) - Number(a.paused) || weight(b) - weight(a) || (a.name < b.name ? -1 : 1),
  );
}

/** In the order in which they stood; those that are new come after them, as they are. */
export function inOrder(queues: readonly Queue[], names: readonly string[]): Queue[] {
  const known = names.flatMap((name) => queues.find((queue) => queue.name === name) ?? []);
  return [...known, ...queues.filter(({ name }) => !names.includes(name))];
}

/** `6 queues, 1,284 ready, 86 running`. */
export function queuesSummary(queues: readonly Queue[]): string {
  const sum = (of: (queue: Queue) => number): number => queues.reduce((total, each) => total + of(each), 0);
  const ready = sum((each) => each.ready);
  return `${plural(queues.length, 'queue')}, ${count(ready)} ready, ${count(sum(({ running }) => running))} running`;
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

/** The changes that are about a queue: those of its own, and those of the policies that its jobs took. */
export function changesOf(flags: readonly Flag[], queue: string, jobs: readonly Job[]): Flag[] {
  const policies = new Set(jobs.map(({ retry }) => retry.name?.replace(/@\d+$/, '')));
  return flags.filter(({ type, of }) => (type === 'PolicySet' ? policies.has(of) : of === queue));
}

/** What is known of pauses, and of which time. */
export interface Pauses {
  flags: readonly Flag[];
  from: number;
  to: number;
  /** The event up to which the log was looked at. */
  scannedTo: number;
}

/** The pause that holds since: the first one after the queue was resumed last, and not the one that changed its reason. */
export function pauseOf(flags: readonly Flag[], queue: string): Flag | null {
  const own = flags.filter(
    ({ type, of }) => of === queue && (type === 'QueuePaused' || type === 'QueueResumed'),
  );
  return own.slice(own.findLastIndex(({ type }) => type === 'QueueResumed') + 1)[0] ?? null;
}

/** Share of ended jobs that succeeded; null before any has ended. */
export function successOf({ by_status: by }: Queue): number | null {
  const ended = by.SUCCEEDED + by.FAILED + by.DISCARDED;
  return ended === 0 ? null : by.SUCCEEDED / ended;
}
