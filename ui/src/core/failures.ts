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
  /** How many of them are of the last while. */
  recent: number;
  /** Those whose attempts failed, by when they did so first. */
  jobs: Set<number>;
}

/** The last while, of which the rate of a group is told. */
export const RECENT_MS = 5 * 60_000;

const PARTS = 24;

/** What fails now, the most frequent first. */
export function failingGroups(failures: readonly FailedAttempt[], from: number, to: number): FailingGroup[] {
  const groups = new Map<string, FailingGroup>();
  for (const failure of failures) {
    if (failure.at < from) continue;
    const { key } = failure.signature;
    let group = groups.get(key);
    if (!group) {
      group = {
        signature: failure.signature,
        count: 0,
        last: failure,
        trend: new Array(PARTS).fill(0),
        recent: 0,
        jobs: new Set(),
      };
      groups.set(key, group);
    }
    const part = Math.min(PARTS - 1, Math.floor(((failure.at - from) / Math.max(1, to - from)) * PARTS));
    group.trend[part] = (group.trend[part] ?? 0) + 1;
    group.count++;
    group.jobs.add(failure.job);
    if (failure.at >= to - RECENT_MS) group.recent++;
    if (failure.seq > group.last.seq) group.last = failure;
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || b.last.seq - a.last.seq);
}

/** So many jobs of a group tell in which queues it fails. */
const ENOUGH = 10;

/** Those of a group that are still to be asked for their queue: spread over it, and none once enough are known. */
export function unaskedOf({ jobs }: FailingGroup, known: ReadonlyMap<number, string>): number[] {
  const unknown = [...jobs].filter((job) => !known.has(job));
  const wanted = Math.min(unknown.length, ENOUGH - (jobs.size - unknown.length));
  return Array.from({ length: Math.max(0, wanted) }, (_, i) =>
    Number(unknown[Math.floor((i * unknown.length) / wanted)]),
  );
}

/** The queues in which a group fails, the most frequent first, as far as its jobs are known. */
export function queuesOf(
  { jobs }: FailingGroup,
  known: ReadonlyMap<number, string>,
): { name: string; n: number }[] {
  const counts = new Map<string, number>();
  for (const job of jobs) {
    const queue = known.get(job);
    if (queue) counts.set(queue, (counts.get(queue) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, n]) => ({ name, n }))
    .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1));
}
