import type { Job, JobEvent, Stats, WithText } from '../api/types';
import type { Frame } from './frames';

/** Several frames folded into one: of each job the last state, all events in order, the last figures. */
export interface Batch {
  reset: boolean;
  jobs: Map<number, WithText<Job>>;
  events: WithText<JobEvent>[];
  stats: Stats | null;
}

/** Above this, what was folded while nobody looked is thrown away and fetched again on return. */
export const FOLD_LIMIT = 2000;

export const emptyBatch = (): Batch => ({ reset: false, jobs: new Map(), events: [], stats: null });

export function fold(batch: Batch, frame: Frame): void {
  if (frame.stats) batch.stats = frame.stats;
  if (batch.reset) return;
  for (const job of frame.jobs) {
    const known = batch.jobs.get(job.value.id);
    if (!known || known.value.version <= job.value.version) batch.jobs.set(job.value.id, job);
  }
  batch.events.push(...frame.events);
  if (batch.jobs.size > FOLD_LIMIT || batch.events.length > FOLD_LIMIT) foldReset(batch);
}

export function foldReset(batch: Batch): void {
  batch.reset = true;
  batch.jobs.clear();
  batch.events = [];
}
