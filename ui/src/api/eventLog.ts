import type { Stamp } from '../core/bisect';
import { parseExact, rawElements } from '../core/json';
import { millis } from '../core/time';
import { request } from './client';
import type { JobEvent, WithText } from './types';

export interface LogQuery {
  after: number;
  limit: number;
  /** None: all. */
  types?: readonly string[];
  job?: number | null;
}

export interface LogPage {
  events: WithText<JobEvent>[];
  /** Up to where the log was read, found or not. */
  scannedTo: number;
}

/** The place of the newest event. */
export async function newestSeq(signal?: AbortSignal): Promise<number> {
  const health: { seq: number } = await (await request('/health', { signal })).json();
  return health.seq;
}

/** When the first event after a place happened, for a search by time. */
export const stampAfter =
  (signal?: AbortSignal) =>
  async (seq: number): Promise<Stamp | null> => {
    const found = (await readLog({ after: seq, limit: 1 }, signal)).events[0]?.value;
    return found ? { seq: found.seq, time: millis(found.at) } : null;
  };

/** A stretch of the log, oldest first. The server reads only so many events for one answer. */
export async function readLog(query: LogQuery, signal?: AbortSignal): Promise<LogPage> {
  const parameters = new URLSearchParams({ after: String(query.after), limit: String(query.limit) });
  if (query.types?.length) parameters.set('type', query.types.join(','));
  if (query.job != null) parameters.set('job', String(query.job));
  const response = await request(`/events?${parameters}`, { signal });
  const text = await response.text();
  const texts = rawElements(text);
  const events = (parseExact(text) as JobEvent[]).map((value, i) => ({ value, text: texts[i] ?? '' }));
  const scanned = response.headers.get('X-Scanned-To');
  return { events, scannedTo: Number(scanned ?? events.at(-1)?.value.seq ?? query.after) };
}
