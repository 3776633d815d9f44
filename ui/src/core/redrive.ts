import type { Job } from '../api/types';
import { millis } from './time';

// What a redrive will do to a queue, before anything is sent.

const PARTS = 48;
/** After the last one has ended, a while of what is there anyway. */
const BEYOND = 1.15;

/** How long the last attempts of these jobs took on average; null where none tells. */
export function meanRun(jobs: readonly Job[]): number | null {
  const times = jobs.flatMap((job) =>
    job.started_at && job.finished_at ? [Math.max(0, millis(job.finished_at) - millis(job.started_at))] : [],
  );
  return times.length === 0 ? null : times.reduce((sum, ms) => sum + ms, 0) / times.length;
}

export interface Load {
  /** How many of the jobs run at the same time, in equal parts of the time. */
  bars: number[];
  peak: number;
  /** When the last one is sent, and how much time the bars show. */
  sentMs: number;
  spanMs: number;
}

/** The load of so many jobs sent at a pace, if each runs for so long as it did. */
export function redriveLoad(jobs: number, perSecond: number, runMs: number): Load {
  const perMs = perSecond / 1000;
  const sentMs = jobs / perMs;
  const spanMs = (sentMs + runMs) * BEYOND;
  const bars = Array.from({ length: PARTS }, (_, i) => {
    const at = ((i + 0.5) / PARTS) * spanMs;
    const from = Math.max(0, at - runMs);
    return Math.max(0, Math.min(at, sentMs) - from) * perMs;
  });
  return { bars, peak: Math.min(jobs, perMs * runMs), sentMs, spanMs };
}
