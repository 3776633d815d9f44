import { queryFromFilter } from '../core/filter';
import { STATUSES } from '../core/status';
import { request } from './client';
import type { Counts, JobFilter, Status } from './types';

/** How many jobs a filter matches. */
export async function countOf(filter: JobFilter, signal?: AbortSignal): Promise<number> {
  const answer = await request(`/jobs?${queryFromFilter(filter)}&limit=1`, { signal });
  return Number(answer.headers.get('X-Total-Count'));
}

/** How many jobs of each status a filter matches: exact at any size, because the server counts these three by itself. */
export async function countByStatus(filter: JobFilter, signal?: AbortSignal): Promise<Partial<Counts>> {
  const statuses: readonly Status[] = filter.status.length > 0 ? filter.status : STATUSES;
  const counts = await Promise.all(
    statuses.map((status) => countOf({ ...filter, status: [status] }, signal)),
  );
  return Object.fromEntries(statuses.map((status, i) => [status, counts[i] ?? 0]));
}
