import { queryFromFilter } from '../core/filter';
import { request } from './client';
import type { CreationHistogram } from './generated';
import type { JobFilter, Status } from './types';

/** When the matching jobs were created: all of them, and those of a status that is worth a colour. */
export interface Creation {
  all: CreationHistogram;
  retrying: CreationHistogram | null;
  failed: CreationHistogram | null;
}

const BINS = 120;

async function histogram(filter: JobFilter, signal: AbortSignal): Promise<CreationHistogram> {
  const query = queryFromFilter(filter);
  return (await request(`/jobs/histogram?${query}${query && '&'}bins=${BINS}`, { signal })).json();
}

/** The three have the same ends: those that the first one was given. */
export async function creationOf(filter: JobFilter, signal: AbortSignal): Promise<Creation> {
  const all = await histogram(filter, signal);
  const within = { ...filter, after: all.bins[0]?.from ?? null, before: all.until };
  if (all.bins.every(({ jobs }) => jobs === 0)) return { all, retrying: null, failed: null };
  const ofStatus = async (status: Status): Promise<CreationHistogram | null> => {
    const { status: asked } = filter;
    if (asked.length > 0 && !asked.includes(status)) return null;
    return asked.length === 1 ? all : histogram({ ...within, status: [status] }, signal);
  };
  const [retrying, failed] = await Promise.all([ofStatus('RETRYING'), ofStatus('FAILED')]);
  return { all, retrying, failed };
}
