import type { Counts, Status } from '../api/types';
import { count, plural } from './numbers';
import { refusalIn, STATUSES, statusLabel } from './status';

// One action on many jobs: which of them it fits, in words and in figures.

export type BulkAction = 'retry' | 'cancel' | 'dead-letter' | 'discard';

export const BULK_ACTIONS: readonly BulkAction[] = ['retry', 'cancel', 'dead-letter', 'discard'];

export const fits = (action: BulkAction, status: Status): boolean => refusalIn(action, status) === null;

const NEEDS: Record<BulkAction, string> = {
  retry: 'Retry needs jobs that wait for their time or have ended',
  cancel: 'Cancel needs jobs that have not ended',
  'dead-letter': 'Dead-letter needs jobs that wait',
  discard: 'Discard needs Failed jobs',
};

export interface Share {
  fitting: number;
  total: number;
  /** Why it fits none of them. */
  refusal: string | null;
}

const sum = (counts: Partial<Counts>, which: (status: Status) => boolean): number =>
  STATUSES.reduce((total, status) => total + (which(status) ? (counts[status] ?? 0) : 0), 0);

export function shareOf(action: BulkAction, counts: Partial<Counts>): Share {
  const fitting = sum(counts, (status) => fits(action, status));
  return { fitting, total: sum(counts, () => true), refusal: fitting === 0 ? NEEDS[action] : null };
}

const listed = (counts: Partial<Counts>, which: (status: Status) => boolean): string =>
  STATUSES.filter((status) => which(status) && (counts[status] ?? 0) > 0)
    .map((status) => `${count(counts[status] ?? 0)} ${statusLabel(status)}`)
    .join(', ');

/** `287 Retrying, 17 Failed`. */
export const affectedWords = (action: BulkAction, counts: Partial<Counts>): string =>
  listed(counts, (status) => fits(action, status));

/** `9 Running and 38 Queued jobs are left alone`, or nothing. */
export function skippedWords(action: BulkAction, counts: Partial<Counts>): string | null {
  const words = listed(counts, (status) => !fits(action, status));
  if (words === '') return null;
  const skipped = sum(counts, (status) => !fits(action, status));
  return `${words.replace(/, (?=[^,]*$)/, ' and ')} ${skipped === 1 ? 'job is' : 'jobs are'} left alone`;
}

/** `Retry now`, or how many of how many it is about. */
export function bulkLabel(action: BulkAction, { fitting, total }: Share): string {
  const whole = action === 'retry' ? 'Retry now' : VERBS[action];
  return fitting === total || fitting === 0 ? whole : `${VERBS[action]} ${count(fitting)} of ${count(total)}`;
}

export const VERBS: Record<BulkAction, string> = {
  retry: 'Retry',
  cancel: 'Cancel',
  'dead-letter': 'Dead-letter',
  discard: 'Discard',
};

const ONGOING: Record<BulkAction, string> = {
  retry: 'Retrying',
  cancel: 'Cancelling',
  'dead-letter': 'Dead-lettering',
  discard: 'Discarding',
};

/** `Retrying 287 jobs`. */
export const ongoingWords = (action: BulkAction, total: number, isEstimated: boolean): string =>
  `${ONGOING[action]} ${isEstimated ? 'about ' : ''}${plural(total, 'job')}`;

/** What an action does to each job. */
export const EFFECTS: Record<BulkAction, string> = {
  retry:
    'An ended job is queued again as its next generation, with all its attempts; one that waits becomes due now.',
  cancel: 'A job that waits will not run; a running one is asked to stop.',
  'dead-letter':
    'The jobs do not run again by themselves. They stand among the dead letters until they are redriven.',
  discard: 'The jobs leave the dead letters and stay as Discarded. They can still be retried one by one.',
};
