import type { Job, JobEvent } from '../api/types';
import { delayRange } from './policy';
import { duration } from './time';

/** The other events that were written in one piece with one of a job: they stand beside it in the log, and have its time. */
export function batchAround(events: readonly JobEvent[], event: JobEvent): JobEvent[] {
  if (event.job === 0) return [];
  const place = events.findIndex(({ seq }) => seq === event.seq);
  const isWith = (other: JobEvent | undefined): boolean => other?.job === event.job && other.at === event.at;
  let [first, last] = [place, place];
  while (isWith(events[first - 1])) first--;
  while (isWith(events[last + 1])) last++;
  return place < 0 ? [] : events.slice(first, last + 1).filter(({ seq }) => seq !== event.seq);
}

/** A little more than what rounding takes away. */
const ROUNDING_MS = 1;

/**
 * `8.00 s by backoff, 310 ms by jitter`, of a retry that was scheduled; null where it cannot be said any more, since the job has
 * another policy in a later generation.
 */
export function delayWords(event: JobEvent, batch: readonly JobEvent[], job: Job): string | null {
  const { delay_ms: delay, rule } = event.data;
  if (event.type !== 'RetryScheduled' || typeof delay !== 'number' || typeof rule !== 'string') return null;
  const { retry, generation } = job;
  if (rule !== retry.name && rule !== retry.kind)
    return generation === event.generation ? `by the rule ${rule}` : null;
  const attempt = batch.find(({ type }) => type === 'Failed')?.data.attempt;
  if (generation !== event.generation || typeof attempt !== 'number') return null;
  const { min, max } = delayRange(retry, attempt);
  if (delay < min - ROUNDING_MS || delay > max + ROUNDING_MS) return null;
  const jitter = delay - min;
  return `${duration(min)} by backoff${jitter < ROUNDING_MS ? '' : `, ${duration(jitter)} by jitter`}`;
}
