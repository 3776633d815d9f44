import type { PastQueue } from '../api/past';
import type { Job, Queue } from '../api/types';
import type { Bar } from './history';
import { plural } from './numbers';
import { coarse, millis } from './time';

// How full a queue was over the last while. The server keeps no such history; it is looked at in the log, at round times.

const MINUTE = 60_000;

/** How many moments are looked at. */
export const SAMPLES = 30;
/** Looking back reads every event on the way: so many at most, about a second of the server's time. */
const MOST_EVENTS = 500_000;
const SPANS = [60, 15, 5, 1];

export interface Reach {
  spanMs: number;
  stepMs: number;
  /** Only the present is shown. */
  isTooMuch: boolean;
}

/** How far back to look: less in a log that grows fast, and not at all where a minute of it is too much. */
export function reachOf(eventsOfTheHour: number): Reach {
  const minutes = SPANS.find((span) => (eventsOfTheHour * span) / 60 <= MOST_EVENTS);
  const spanMs = (minutes ?? 1) * MINUTE;
  return { spanMs, stepMs: spanMs / SAMPLES, isTooMuch: minutes === undefined };
}

/** The queues at one moment. */
export interface Sample {
  at: number;
  queues: readonly PastQueue[];
}

/** How many jobs were queued in all of them; null before there was any. */
export const queuedIn = ({ queues }: Sample): number | null =>
  queues.length === 0 ? null : queues.reduce((sum, { by_status: by }) => sum + by.QUEUED, 0);

export const lastSampleTime = (now: number, { stepMs }: Reach): number => Math.floor(now / stepMs) * stepMs;

/** The round times up to now, the oldest first. */
export function sampleTimes(now: number, reach: Reach): number[] {
  const last = lastSampleTime(now, reach);
  return Array.from({ length: SAMPLES + 1 }, (_, i) => last - (SAMPLES - i) * reach.stepMs);
}

/** One queue at one moment. */
export interface Depth {
  at: number;
  queued: number;
  retrying: number;
  running: number;
  limit: number | null;
  /** Jobs that had ended, well and otherwise, since the log began. */
  succeeded: number;
  failed: number;
}

type Known = Pick<Queue, 'concurrency' | 'by_status'>;

const depthAt = (at: number, queue: Known | undefined): Depth => {
  const by = queue?.by_status;
  return {
    at,
    queued: by?.QUEUED ?? 0,
    retrying: by?.RETRYING ?? 0,
    running: by?.RUNNING ?? 0,
    limit: queue?.concurrency ?? null,
    succeeded: by?.SUCCEEDED ?? 0,
    failed: (by?.FAILED ?? 0) + (by?.DISCARDED ?? 0),
  };
};

/** One queue over time, the present last. */
export const depthsOf = (samples: readonly Sample[], queue: Queue, now: number): Depth[] => [
  ...samples.map(({ at, queues }) =>
    depthAt(
      at,
      queues.find(({ name }) => name === queue.name),
    ),
  ),
  depthAt(now, queue),
];

/** The jobs that ended between one moment and the next. A redriven job has not ended any more, and counts for nothing. */
export function endedBars(depths: readonly Depth[], stepMs: number): Bar[] {
  return depths.slice(1).flatMap((depth, i) => {
    const before = depths[i];
    if (!before || depth.at - before.at > stepMs * 1.5) return [];
    return [
      {
        at: before.at,
        succeeded: Math.max(0, depth.succeeded - before.succeeded),
        retried: 0,
        lost: Math.max(0, depth.failed - before.failed),
      },
    ];
  });
}

/** So far back the pace is measured. */
const PACE_MS = 5 * MINUTE;

/** `empty in about 3 m 20 s at this pace`, or why it will not be; nothing where nothing waits. */
export function emptyingWords(depths: readonly Depth[], queue: Queue): string | null {
  const { queued, at } = depths.at(-1) ?? { queued: 0, at: 0 };
  if (queued === 0) return null;
  if (queue.paused) return 'empties once it is resumed';
  const first = depths.find((depth) => depth.at >= at - PACE_MS);
  if (!first || at - first.at < MINUTE / 2) return null;
  const lessPerMs = (first.queued - queued) / (at - first.at);
  if (lessPerMs > 0) return `empty in about ${coarse(queued / lessPerMs)} at this pace`;
  const more = Math.round(-lessPerMs * MINUTE);
  return more === 0 ? 'neither grows nor shrinks' : `grows by ${plural(more, 'job')} a minute`;
}

/** Since when the job waits for its start. */
export const waitingSince = (job: Job): number =>
  Math.max(millis(job.run_at ?? job.created_at), millis(job.updated_at));

/** How long each first attempt waited for its start; of later ones the job does not tell. */
export const firstWaits = (jobs: readonly Job[]): number[] =>
  jobs.flatMap((job) =>
    job.started_at !== null && job.executions === 1
      ? [Math.max(0, millis(job.started_at) - millis(job.run_at ?? job.created_at))]
      : [],
  );

/** The value below which so large a share of them lies. */
export function quantile(values: readonly number[], share: number): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
}

export interface Decade {
  /** In milliseconds, from this on up to ten times as much. */
  from: number;
  n: number;
}

/** How many waits lie in each power of ten, from the shortest to the longest there is; all below 1 ms together. */
export function decades(values: readonly number[]): Decade[] {
  const places = values.map((ms) => (ms < 1 ? -1 : Math.floor(Math.log10(ms))));
  if (places.length === 0) return [];
  const [low, high] = [Math.min(...places), Math.max(...places)];
  return Array.from({ length: high - low + 1 }, (_, i) => ({
    from: low + i < 0 ? 0 : 10 ** (low + i),
    n: places.filter((place) => place === low + i).length,
  }));
}

export interface Share {
  name: string;
  share: number;
}

/** What the jobs are, the most frequent first. */
export function typeShares(jobs: readonly Job[]): Share[] {
  const counts = new Map<string, number>();
  for (const { type } of jobs) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .map(([name, n]) => ({ name, share: n / jobs.length }))
    .sort((a, b) => b.share - a.share || (a.name < b.name ? -1 : 1));
}
