import type { Job, JobFilter, Status } from '../api/types';
import { isStatus } from './status';

export const NO_FILTER: JobFilter = { status: [], type: null, queue: null };

export const isFiltered = (filter: JobFilter): boolean =>
  filter.status.length > 0 || filter.type !== null || filter.queue !== null;

/** `failed,retrying` to statuses; what is no status is dropped. */
export function statusesFrom(text: string): Status[] {
  const names = text.split(',').map((name) => name.trim().toUpperCase());
  return [...new Set(names.filter(isStatus))];
}

export interface FilterParameters {
  status?: string;
  type?: string;
  queue?: string;
}

export function filterFromParameters(parameters: FilterParameters): JobFilter {
  return {
    status: statusesFrom(parameters.status ?? ''),
    type: parameters.type || null,
    queue: parameters.queue || null,
  };
}

export function parametersFromFilter(filter: JobFilter): FilterParameters {
  const parameters: FilterParameters = {};
  if (filter.status.length > 0) parameters.status = filter.status.join(',').toLowerCase();
  if (filter.type !== null) parameters.type = filter.type;
  if (filter.queue !== null) parameters.queue = filter.queue;
  return parameters;
}

/** Back from the query of an address, or of `GET /jobs`. */
export const filterFromQuery = (query: string): JobFilter =>
  filterFromParameters(Object.fromEntries(new URLSearchParams(query)));

/** The query of `GET /jobs`. */
export function queryFromFilter(filter: JobFilter): string {
  const query = new URLSearchParams();
  if (filter.status.length > 0) query.set('status', filter.status.join(','));
  if (filter.type !== null) query.set('type', filter.type);
  if (filter.queue !== null) query.set('queue', filter.queue);
  return query.toString();
}

export const matches = (filter: JobFilter, job: Job, status: Status = job.status): boolean =>
  (filter.status.length === 0 || filter.status.includes(status)) &&
  (filter.type === null || filter.type === job.type) &&
  (filter.queue === null || filter.queue === job.queue);

export type TokenResult =
  | { kind: 'filter'; filter: JobFilter }
  | { kind: 'job'; id: number }
  | { kind: 'fault'; message: string };

const HINT = 'Filter with type:, queue: or status:, or enter a job ID';

/** Adds what was typed to a filter: `type:x`, `queue:y`, `status:failed,retrying`; a bare number is a job's ID. */
export function addToken(filter: JobFilter, text: string): TokenResult {
  const typed = text.trim();
  if (/^\d[\d,]*$/.test(typed)) return { kind: 'job', id: Number(typed.replaceAll(',', '')) };
  const colon = typed.indexOf(':');
  const name = typed.slice(0, colon).toLowerCase();
  const value = unquote(typed.slice(colon + 1));
  if (colon < 1 || value === '') return { kind: 'fault', message: HINT };
  if (name === 'type' || name === 'queue') return { kind: 'filter', filter: { ...filter, [name]: value } };
  if (name !== 'status') return { kind: 'fault', message: HINT };
  const status = statusesFrom(value);
  if (status.length > 0) return { kind: 'filter', filter: { ...filter, status } };
  return { kind: 'fault', message: `There is no status “${value}”` };
}

const unquote = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');
