import type { Job, JobEvent } from '../api/types';
import { batchAround, type DelayPart, delayParts, partWords } from './eventBatch';
import { errorOf, reasonWords } from './eventWords';
import { count, plural } from './numbers';
import { duration } from './time';

// What the events of a job answer without the server: why its retry waits so long, and why it is a dead letter.

export interface DelayReason {
  sentence: string;
  parts: DelayPart[];
  /** The attempt that failed, and its event; null where the log has it no longer. */
  attempt: number | null;
  failed: number | null;
  scheduled: number;
}

/** Of a job that waits for its retry; null where somebody moved it since, or it cannot be told. */
export function delayReason(job: Job, events: readonly JobEvent[]): DelayReason | null {
  if (job.status !== 'RETRYING') return null;
  const event = events.findLast(({ type }) => type === 'RetryScheduled' || type === 'Rescheduled');
  if (!event) return null;
  const batch = batchAround(events, event);
  const parts = delayParts(event, batch, job);
  if (!parts) return null;
  const failure = batch.find(({ type }) => type === 'Failed');
  const attempt = typeof failure?.data.attempt === 'number' ? failure.data.attempt : null;
  const which = attempt === null ? 'The next attempt' : `Attempt ${count(attempt + 1)}`;
  return {
    sentence: `${which} comes ${duration(Number(event.data.delay_ms))} after the failure: ${partWords(parts)}.`,
    parts,
    attempt,
    failed: failure?.seq ?? null,
    scheduled: event.seq,
  };
}

export interface FailReason {
  sentence: string;
  /** The last attempt's failure, where it led there, and what it was. */
  failed: { seq: number; attempt: number; type: string; message: string } | null;
  /** The end itself: its event, when it was, and in a word why. */
  ended: { seq: number; at: string; words: string };
}

/** Of a dead letter. */
export function failReason(job: Job, events: readonly JobEvent[]): FailReason | null {
  if (job.status !== 'FAILED') return null;
  const dead = events.findLast(({ type }) => type === 'DeadLettered');
  if (!dead) return null;
  const failure = batchAround(events, dead).find(({ type }) => type === 'Failed');
  const failed = failure
    ? { seq: failure.seq, attempt: Number(failure.data.attempt), ...errorOf(failure.data) }
    : null;
  return {
    sentence: deadWords(job, dead, failed, events),
    failed,
    ended: { seq: dead.seq, at: dead.at, words: reasonWords(dead.data.reason) },
  };
}

function deadWords(
  job: Job,
  dead: JobEvent,
  failed: FailReason['failed'],
  events: readonly JobEvent[],
): string {
  const by = String(dead.data.by ?? 'an operator');
  const what = failed ? `Attempt ${count(failed.attempt)} failed with ${failed.type}` : 'Its attempt failed';
  switch (dead.data.reason) {
    case 'attempts_exhausted':
      return `${what}, and it was the last of ${count(job.max_attempts)}.`;
    case 'non_retryable':
      return `${what}, and who ran it said that it is not to be retried.`;
    case 'poison':
      return `${plural(lossesOf(dead, events), 'worker')} went away while running it, so no other gets it.`;
    case 'max_age':
      return job.retry.max_age_ms === null
        ? 'It had become older than its policy allows.'
        : `Its policy retries it for ${duration(job.retry.max_age_ms)} at most, and the next attempt would have been later.`;
    case 'rule':
      return `${what}, which the rule ${by.replace(/^rule:/, '')} sends to the dead letters.`;
    case 'operator':
      return `It was sent to the dead letters by ${by}.`;
    default:
      return `It was sent to the dead letters: ${reasonWords(dead.data.reason)}.`;
  }
}

const lossesOf = (dead: JobEvent, events: readonly JobEvent[]): number =>
  events.filter(
    ({ type, data, generation, seq }) =>
      type === 'Failed' && data.cause === 'worker_lost' && generation === dead.generation && seq < dead.seq,
  ).length;
