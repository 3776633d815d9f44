import type { Job } from '../api/types';

export type Tick = 'failed' | 'succeeded' | 'running' | 'cancelled' | 'left' | 'gap';

/** One mark for each attempt in the budget; above twelve the first three, a gap and the last eight. */
export function jobTicks(job: Job): Tick[] {
  const ticks: Tick[] = Array.from({ length: job.attempts }, () => 'failed');
  if (job.status === 'SUCCEEDED') ticks.push('succeeded');
  else if (job.status === 'RUNNING') ticks.push('running');
  else if (job.status === 'CANCELLED') ticks.push('cancelled');
  const open =
    job.status !== 'SUCCEEDED' &&
    job.status !== 'CANCELLED' &&
    job.status !== 'FAILED' &&
    job.status !== 'DISCARDED';
  while (open && ticks.length < job.max_attempts) ticks.push('left');
  return shorten(ticks);
}

export function shorten(ticks: Tick[]): Tick[] {
  return ticks.length > 12 ? [...ticks.slice(0, 3), 'gap', ...ticks.slice(-8)] : ticks;
}

export function ticksLabel(job: Job): string {
  const used = job.attempts + (job.status === 'SUCCEEDED' || job.status === 'RUNNING' ? 1 : 0);
  return `${used} of ${job.max_attempts} attempts used, ${job.attempts} failed`;
}
