import { NO_FILTER } from '../core/filter';
import { listJobs } from './client';
import type { Job } from './types';

export interface DeadLetterFilter {
  q: string;
  queue: string;
}

export interface DeadLetters {
  jobs: Job[];
  total: number;
  estimated: boolean;
  /** Whether there are more than were read. */
  hasMore: boolean;
}

const PAGE = 1000;
export const MOST_READ = 5000;

export function deadLettersPath({ q, queue }: DeadLetterFilter): string {
  const query = new URLSearchParams({ status: 'FAILED', limit: String(PAGE) });
  if (q !== '') query.set('q', q);
  if (queue !== '') query.set('queue', queue);
  return `/jobs?${query}`;
}

/** The newest dead letters, page by page up to a limit. */
export async function readDeadLetters(filter: DeadLetterFilter, signal?: AbortSignal): Promise<DeadLetters> {
  const jobs: Job[] = [];
  let next: string | null = deadLettersPath(filter);
  let total = 0;
  let estimated = false;
  for (let pages = 0; next !== null && pages < MOST_READ / PAGE; pages++) {
    const page = await listJobs(NO_FILTER, next, signal);
    jobs.push(...page.jobs);
    total = page.total;
    estimated = page.estimated;
    next = page.next;
  }
  return { jobs, total: next === null ? jobs.length : total, estimated, hasMore: next !== null };
}
