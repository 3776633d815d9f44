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

export type DelayBy = 'backoff' | 'jitter' | 'rule' | 'worker' | 'handler' | 'loss';

export interface DelayPart {
  by: DelayBy;
  /** The rule's, where one decided. */
  name: string;
  ms: number;
}

const RULE = 'rule:';
/** Who else may have said when, by what the event calls them. */
const ADVISERS: Readonly<Record<string, DelayBy>> = {
  retry_after: 'worker',
  'Retry-After': 'handler',
  worker_lost: 'loss',
};

const WORDS: Record<Exclude<DelayBy, 'backoff' | 'jitter'>, string> = {
  rule: 'by the rule',
  worker: 'by retry_after of its worker',
  handler: 'by Retry-After of its handler',
  loss: 'as its worker was lost',
};

/**
 * What a delay was made of, of a retry that was scheduled; null where it cannot be said any more, since the job has another policy in
 * a later generation.
 */
export function delayParts(event: JobEvent, batch: readonly JobEvent[], job: Job): DelayPart[] | null {
  const { delay_ms: delay, rule } = event.data;
  if (event.type !== 'RetryScheduled' || typeof delay !== 'number' || typeof rule !== 'string') return null;
  const { retry, generation } = job;
  if (rule.startsWith(RULE)) return [{ by: 'rule', name: rule.slice(RULE.length), ms: delay }];
  const adviser = ADVISERS[rule];
  if (adviser) return [{ by: adviser, name: '', ms: delay }];
  if (rule !== retry.name && rule !== retry.kind) return null;
  const attempt = batch.find(({ type }) => type === 'Failed')?.data.attempt;
  if (generation !== event.generation || typeof attempt !== 'number') return null;
  const { min, max } = delayRange(retry, attempt);
  if (delay < min - ROUNDING_MS || delay > max + ROUNDING_MS) return null;
  const jitter = delay - min;
  const backoff: DelayPart = { by: 'backoff', name: '', ms: min };
  return jitter < ROUNDING_MS ? [backoff] : [backoff, { by: 'jitter', name: '', ms: jitter }];
}

/** `8.00 s by backoff, 310 ms by jitter`, or who decided instead of the policy. */
export const partWords = (parts: readonly DelayPart[]): string =>
  parts
    .map(({ by, name, ms }) =>
      by === 'backoff' || by === 'jitter' ? `${duration(ms)} by ${by}` : `${WORDS[by]} ${name}`.trim(),
    )
    .join(', ');

/** The same of an event; null where nothing can be said. */
export function delayWords(event: JobEvent, batch: readonly JobEvent[], job: Job): string | null {
  const parts = delayParts(event, batch, job);
  return parts && partWords(parts);
}
