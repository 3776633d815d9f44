import { parseExact } from '../core/json';
import { type Moment, momentText } from '../core/moment';
import { request } from './client';
import type * as Given from './generated';
import type { Job, Status } from './types';

export type { PastQueue, PastWorker } from './generated';

/** The whole system as it was. */
export type State = Omit<Given.State, 'jobs' | 'next_due'> & {
  jobs: Partial<Record<Status, Job[]>>;
  next_due: Job[];
};

/** Jobs of each status that are listed whole. */
export const LISTED = 100;

/** The statuses whose jobs can be listed as they were; the others are only counted. */
export const LISTABLE: readonly Status[] = ['SCHEDULED', 'QUEUED', 'RUNNING', 'RETRYING', 'FAILED'];

export async function getState(
  moment: Moment,
  signal?: AbortSignal,
  limit = LISTED,
  list: readonly Status[] = ['RUNNING', 'FAILED'],
): Promise<State> {
  const query = new URLSearchParams({ list: list.join(','), limit: String(limit) });
  const at = momentText(moment);
  if (at !== undefined) query.set('at', at);
  const answer = await request(`/state?${query}`, { signal });
  return parseExact(await answer.text()) as State;
}
