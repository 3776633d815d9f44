import type { Job } from '../api/types';
import { quantile } from './depth';
import { millis } from './time';

// How long the jobs of a type usually run, from those that ran last.

/** Fewer than these tell nothing. */
const LEAST = 5;
const USUAL = 0.95;

/** Below this time nearly all of them were done; null where too few are known. */
export function usualTime(succeeded: readonly Job[]): number | null {
  const times = succeeded.flatMap((job) =>
    job.started_at && job.finished_at ? [millis(job.finished_at) - millis(job.started_at)] : [],
  );
  return times.length < LEAST ? null : quantile(times, USUAL);
}

export interface Fill {
  /** How much of its usual time it has used, in steps of a twentieth; 1 where that is not known. */
  share: number;
  isOver: boolean;
}

const STEPS = 20;

export function fillOf(job: Job | null, usual: number | null | undefined, now: number): Fill {
  if (!job?.started_at || !usual) return { share: 1, isOver: false };
  const part = (now - millis(job.started_at)) / usual;
  const share = Math.min(1, Math.max(1, Math.ceil(part * STEPS)) / STEPS);
  return { share, isOver: part > 1 };
}
