import type { Job, Status } from '../api/types';
import { millis } from './time';

export const STATUSES: readonly Status[] = [
  'SCHEDULED',
  'QUEUED',
  'RUNNING',
  'RETRYING',
  'SUCCEEDED',
  'FAILED',
  'CANCELLED',
  'DISCARDED',
];

/** For bars: what succeeded is on another scale, and stands last. */
export const SUCCEEDED_LAST: readonly Status[] = [
  ...STATUSES.filter((status) => status !== 'SUCCEEDED'),
  'SUCCEEDED',
];

const LABELS: Record<Status, string> = {
  SCHEDULED: 'Scheduled',
  QUEUED: 'Queued',
  RUNNING: 'Running',
  RETRYING: 'Retrying',
  SUCCEEDED: 'Succeeded',
  FAILED: 'Failed',
  CANCELLED: 'Cancelled',
  DISCARDED: 'Discarded',
};

const ENDED: ReadonlySet<Status> = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED', 'DISCARDED']);

export const statusLabel = (status: Status): string => LABELS[status];
export const statusClass = (status: Status): string => status.toLowerCase();
export const isEnded = (status: Status): boolean => ENDED.has(status);
export const isStatus = (text: string): text is Status => (STATUSES as readonly string[]).includes(text);

/** When the job becomes due, if it waits for a time. */
export function dueAt(job: Job): number | null {
  const due = job.next_attempt_at ?? job.run_at;
  return due === null ? null : millis(due);
}

/** The status to show: a waiting job whose time has come is queued, without an event that says so. */
export function statusAt(job: Job, now: number): Status {
  if (job.status !== 'SCHEDULED' && job.status !== 'RETRYING') return job.status;
  const due = dueAt(job);
  return due !== null && due <= now ? 'QUEUED' : job.status;
}

/** The number of the attempt that runs now, is next, or was the last one. */
export function attemptNumber(job: Job): number {
  return job.status === 'FAILED' || job.status === 'DISCARDED' ? job.attempts : job.attempts + 1;
}

export type Action = 'retry' | 'edit' | 'cancel' | 'dead-letter' | 'discard';

/** Why an action is not possible in a status, or null when it is. */
export function refusalIn(action: Action, status: Status): string | null {
  const word = statusLabel(status);
  switch (action) {
    case 'retry':
      if (status === 'QUEUED') return 'The job is Queued: it runs as soon as a slot is free';
      return status === 'RUNNING' ? 'The job is Running: wait for this attempt to end' : null;
    case 'edit':
      return isEnded(status) ? null : `Only an ended job can be edited; this one is ${word}`;
    case 'cancel':
      return isEnded(status) ? `The job has ended: it is ${word}` : null;
    case 'dead-letter':
      if (status === 'RUNNING') return 'The job is Running: wait for this attempt to end';
      return isEnded(status) ? `The job has ended: it is ${word}` : null;
    case 'discard':
      return status === 'FAILED' ? null : `Only a Failed job can be discarded; this one is ${word}`;
  }
}

export const refusal = (action: Action, job: Job): string | null => refusalIn(action, job.status);
