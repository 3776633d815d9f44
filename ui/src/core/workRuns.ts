import type { JobEvent } from '../api/types';
import { millis } from './time';

// What a worker ran, as a stretch of the log tells.

export type RunEnd = 'Succeeded' | 'Failed' | 'Released' | 'Cancelled';

export interface EndedRun {
  /** Of the event that ended it. */
  seq: number;
  job: number;
  attempt: number;
  end: RunEnd;
  at: string;
  tookMs: number;
}

export interface Runs {
  open: ReadonlyMap<number, { attempt: number; from: number }>;
  /** The newest first, at most so many. */
  ended: readonly EndedRun[];
}

export const NO_RUNS: Runs = { open: new Map(), ended: [] };
export const MOST_ENDED = 20;

const ENDS: readonly string[] = ['Succeeded', 'Failed', 'Released', 'Cancelled'] satisfies RunEnd[];

/** Goes on with the events after those that are known. An attempt that began before all of them is not told apart from that of others. */
export function runsOn(workers: readonly string[], known: Runs, events: readonly JobEvent[]): Runs {
  const open = new Map(known.open);
  const ended = [...known.ended];
  for (const { seq, job, type, at, data } of events) {
    if (type === 'Attempted') {
      if (workers.includes(String(data.worker)))
        open.set(job, { attempt: Number(data.attempt), from: millis(at) });
      else open.delete(job);
      continue;
    }
    const run = open.get(job);
    if (!run || !ENDS.includes(type)) continue;
    open.delete(job);
    const { attempt, from } = run;
    ended.unshift({ seq, job, attempt, end: type as RunEnd, at, tookMs: millis(at) - from });
  }
  return { open, ended: ended.slice(0, MOST_ENDED) };
}
