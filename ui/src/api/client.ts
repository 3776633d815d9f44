import { queryFromFilter } from '../core/filter';
import { parseExact, rawElements } from '../core/json';
import type { JobOrder } from '../core/order';
import type { Problem } from './generated';
import type { FieldError, Job, JobEvent, JobFilter, JobPage, Stats, WithText } from './types';

/** What a request came back with when it did not succeed. Status 0: no answer at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: FieldError[] = [],
    /** After how long the server wants to be asked again, if it said so. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

const LONGEST_WAIT_MS = 3_600_000;

/** A `Retry-After` in milliseconds from now: seconds, or a date. An hour at the most. */
export function retryAfterMs(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? null : Math.min(LONGEST_WAIT_MS, Math.max(0, ms));
}

export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, cache: 'no-store' });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiError(0, 'The server does not answer');
  }
  if (response.ok) return response;
  const problem: Partial<Problem> = await response.json().catch(() => ({}));
  const message = problem.detail ?? problem.title ?? response.statusText;
  const wait = retryAfterMs(response.headers.get('Retry-After'), Date.now());
  throw new ApiError(response.status, message, problem.errors ?? [], wait);
}

export const post = (path: string, body = '{}'): Promise<Response> =>
  request(path, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });

async function jobFrom(response: Response): Promise<WithText<Job>> {
  const text = await response.text();
  return { value: parseExact(text) as Job, text };
}

/** The target of `Link: <…>; rel="next"`. */
export function nextLink(header: string | null): string | null {
  for (const part of header?.split(/,\s*(?=<)/) ?? []) {
    const match = /^<([^>]*)>.*\brel="?next"?/.exec(part);
    if (match?.[1]) return match[1];
  }
  return null;
}

export const PAGE_SIZE = 100;

export async function listJobs(
  filter: JobFilter,
  next: string | null,
  signal?: AbortSignal,
  order: JobOrder = 'newest',
): Promise<JobPage> {
  const query = queryFromFilter(filter);
  const sort = order === 'oldest' ? 'sort=id&' : '';
  const response = await request(next ?? `/jobs?${query}${query && '&'}${sort}limit=${PAGE_SIZE}`, {
    signal,
  });
  const jobs = parseExact(await response.text()) as Job[];
  return {
    jobs,
    total: Number(response.headers.get('X-Total-Count') ?? jobs.length),
    estimated: response.headers.get('X-Total-Estimated') === 'true',
    next: nextLink(response.headers.get('Link')),
  };
}

/** With `at`, a seq or a time: as it was then. */
export const getJob = async (id: number, at?: string): Promise<WithText<Job>> =>
  jobFrom(await request(`/jobs/${id}${at === undefined ? '' : `?at=${encodeURIComponent(at)}`}`));

export async function getEvents(id: number): Promise<WithText<JobEvent>[]> {
  const text = await (await request(`/jobs/${id}/events`)).text();
  const texts = rawElements(text);
  return (parseExact(text) as JobEvent[]).map((value, i) => ({ value, text: texts[i] ?? '' }));
}

export const getStats = async (): Promise<Stats> => (await request('/stats')).json();

/** What the server's clock shows, in milliseconds since 1970, and whether time passes by itself there. */
export async function getClock(signal: AbortSignal): Promise<{ kind: 'real' | 'manual'; now: number }> {
  const { kind, now } = await (await request('/clock', { signal })).json();
  return { kind, now: Date.parse(now) };
}

export const createJob = async (body: string): Promise<WithText<Job>> => jobFrom(await post('/jobs', body));

export const act = async (
  id: number,
  action: 'retry' | 'cancel' | 'dead-letter' | 'discard',
  body?: string,
): Promise<WithText<Job>> => jobFrom(await post(`/jobs/${id}/${action}`, body));
