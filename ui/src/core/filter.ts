import type { Job, JobFilter, Status } from '../api/types';
import { isStatus } from './status';

export const NO_FILTER: JobFilter = {
  status: [],
  type: null,
  queue: null,
  tags: [],
  q: null,
  error: null,
  after: null,
  before: null,
};

export const isFiltered = (filter: JobFilter): boolean => queryFromFilter(filter) !== '';

/** Whether more than the status is asked for. */
export const isNarrowed = (filter: JobFilter): boolean => isFiltered({ ...filter, status: [] });

/** Whether the server counts the matches exactly at any size; with other fields it estimates large numbers. */
export const isCountedExactly = (filter: JobFilter): boolean =>
  !isFiltered({ ...filter, status: [], type: null, queue: null });

/** `failed,retrying` to statuses; what is no status is dropped. */
export function statusesFrom(text: string): Status[] {
  const names = text.split(',').map((name) => name.trim().toUpperCase());
  return [...new Set(names.filter(isStatus))];
}

/** Of the address of the Jobs page. */
export interface FilterParameters {
  status?: string;
  type?: string;
  queue?: string;
  tag?: string;
  q?: string;
  error?: string;
  created_after?: string;
  created_before?: string;
}

export const FILTER_PARAMETERS = [
  'status',
  'type',
  'queue',
  'tag',
  'q',
  'error',
  'created_after',
  'created_before',
] as const satisfies readonly (keyof FilterParameters)[];

// Several tags share one parameter; a comma inside one is escaped.
const joinTags = (tags: readonly string[]): string =>
  tags.map((tag) => tag.replace(/[%,]/g, encodeURIComponent)).join(',');

const splitTags = (text: string): string[] =>
  text.split(',').flatMap((tag) => (tag === '' ? [] : [tag.replace(/%25|%2C/g, decodeURIComponent)]));

const timeFrom = (text: string | undefined): string | null =>
  text && !Number.isNaN(Date.parse(text)) ? text : null;

export function filterFromParameters(parameters: FilterParameters): JobFilter {
  return {
    status: statusesFrom(parameters.status ?? ''),
    type: parameters.type || null,
    queue: parameters.queue || null,
    tags: splitTags(parameters.tag ?? ''),
    q: parameters.q || null,
    error: parameters.error || null,
    after: timeFrom(parameters.created_after),
    before: timeFrom(parameters.created_before),
  };
}

export function parametersFromFilter(filter: JobFilter): FilterParameters {
  const parameters: FilterParameters = {};
  if (filter.status.length > 0) parameters.status = filter.status.join(',').toLowerCase();
  if (filter.tags.length > 0) parameters.tag = joinTags(filter.tags);
  return { ...parameters, ...textsOf(filter) };
}

/** The fields of one text each, by the names that the address, the list and the bulk actions use. */
export function textsOf(filter: JobFilter): Omit<FilterParameters, 'status' | 'tag'> {
  const { type, queue, q, error, after, before } = filter;
  return {
    ...(type !== null && { type }),
    ...(queue !== null && { queue }),
    ...(q !== null && { q }),
    ...(error !== null && { error }),
    ...(after !== null && { created_after: after }),
    ...(before !== null && { created_before: before }),
  };
}

/** Back from the query of `GET /jobs`. */
export function filterFromQuery(text: string): JobFilter {
  const query = new URLSearchParams(text);
  return { ...filterFromParameters({ ...Object.fromEntries(query), tag: '' }), tags: query.getAll('tag') };
}

/** The query of `GET /jobs`. */
export function queryFromFilter(filter: JobFilter): string {
  const query = new URLSearchParams();
  if (filter.status.length > 0) query.set('status', filter.status.join(','));
  for (const [name, value] of Object.entries(textsOf(filter))) query.set(name, value);
  for (const tag of filter.tags) query.append('tag', tag);
  return query.toString();
}

const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** As the server compares: A–Z match a–z. */
const holds = (part: string, ...texts: (string | undefined)[]): boolean =>
  texts.some((text) => text !== undefined && lower(text).includes(lower(part)));

export const matches = (filter: JobFilter, job: Job, status: Status = job.status): boolean =>
  (filter.status.length === 0 || filter.status.includes(status)) &&
  (filter.type === null || filter.type === job.type) &&
  (filter.queue === null || filter.queue === job.queue) &&
  filter.tags.every((tag) => job.tags.includes(tag)) &&
  (filter.q === null || holds(filter.q, job.type, job.error?.message, ...job.tags)) &&
  (filter.error === null || holds(filter.error, job.error?.message, job.error?.type)) &&
  (filter.after === null || Date.parse(job.created_at) >= Date.parse(filter.after)) &&
  (filter.before === null || Date.parse(job.created_at) < Date.parse(filter.before));
