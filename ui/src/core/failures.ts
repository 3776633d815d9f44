import type { JobEvent } from '../api/types';
import { errorOf } from './eventWords';
import { type Signature, signatureOf } from './signature';
import { millis } from './time';

/** An attempt that failed, as the log has it. */
export interface FailedAttempt {
  seq: number;
  job: number;
  at: number;
  iso: string;
  attempt: number;
  type: string;
  message: string;
  signature: Signature;
}

export function failedAttempt(event: JobEvent): FailedAttempt {
  const { type, message } = errorOf(event.data);
  return {
    seq: event.seq,
    job: event.job,
    at: millis(event.at),
    iso: event.at,
    attempt: Number(event.data.attempt ?? 0),
    type,
    message,
    signature: signatureOf({ type, message }),
  };
}

export interface FailingGroup {
  signature: Signature;
  count: number;
  last: FailedAttempt;
  /** Failures in equal parts of the time, the newest part last. */
  trend: number[];
}

const PARTS = 24;

/** What fails now, the most frequent first. */
export function failingGroups(failures: readonly FailedAttempt[], from: number, to: number): FailingGroup[] {
  const groups = new Map<string, FailingGroup>();
  for (const failure of failures) {
    if (failure.at < from) continue;
    const { key } = failure.signature;
    let group = groups.get(key);
    if (!group) {
      group = { signature: failure.signature, count: 0, last: failure, trend: new Array(PARTS).fill(0) };
      groups.set(key, group);
    }
    const part = Math.min(PARTS - 1, Math.floor(((failure.at - from) / Math.max(1, to - from)) * PARTS));
    group.trend[part] = (group.trend[part] ?? 0) + 1;
    group.count++;
    if (failure.seq > group.last.seq) group.last = failure;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || b.last.seq - a.last.seq);
}
