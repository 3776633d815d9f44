import type { Resolution, Slot } from '../api/history';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export type Range = '15m' | '1h' | '6h' | '24h' | '7d';

export interface RangePlan {
  /** The slots that the bars are made of, and how much time a bar takes. */
  resolution: Resolution;
  spanMs: number;
  barMs: number;
  words: string;
  /** The slots of the percentiles: those cannot be put together, so each point is one slot. */
  latency: Resolution;
}

export const RANGES: readonly Range[] = ['15m', '1h', '6h', '24h', '7d'];

const PLANS: Record<Range, RangePlan> = {
  '15m': {
    resolution: 'second',
    spanMs: 15 * MINUTE,
    barMs: 10 * SECOND,
    words: 'every 10 s',
    latency: 'minute',
  },
  '1h': { resolution: 'minute', spanMs: HOUR, barMs: MINUTE, words: 'every minute', latency: 'minute' },
  '6h': {
    resolution: 'minute',
    spanMs: 6 * HOUR,
    barMs: 5 * MINUTE,
    words: 'every 5 min',
    latency: 'minute',
  },
  '24h': {
    resolution: 'minute',
    spanMs: 24 * HOUR,
    barMs: 15 * MINUTE,
    words: 'every 15 min',
    latency: 'hour',
  },
  '7d': { resolution: 'hour', spanMs: 168 * HOUR, barMs: 2 * HOUR, words: 'every 2 h', latency: 'hour' },
};

export const isRange = (text: string | undefined): text is Range =>
  (RANGES as readonly string[]).includes(text ?? '');

export const planOf = (range: Range): RangePlan => PLANS[range];

export const slotMs = (resolution: Resolution): number =>
  resolution === 'second' ? SECOND : resolution === 'minute' ? MINUTE : HOUR;

/** Attempts by how they ended, within one bar. */
export interface Bar {
  at: number;
  succeeded: number;
  retried: number;
  lost: number;
}

/** The slots up to `now` in bars of equal length; those in which nothing happened are there too. */
export function barsOf(slots: readonly Slot[], now: number, spanMs: number, barMs: number): Bar[] {
  const count = Math.round(spanMs / barMs);
  const first = (Math.floor(now / barMs) - count + 1) * barMs;
  const bars = Array.from({ length: count }, (_, i) => ({
    at: first + i * barMs,
    succeeded: 0,
    retried: 0,
    lost: 0,
  }));
  for (const slot of slots) {
    const bar = bars[Math.floor((slot.at - first) / barMs)];
    if (!bar) continue;
    bar.succeeded += slot.succeeded;
    bar.retried += slot.retried;
    bar.lost += Math.max(0, slot.failed - slot.retried);
  }
  return bars;
}

/** Takes newer slots in, which replace what was known of the same time, and lets the old ones go. */
export function mergeSlots(known: readonly Slot[], fresh: readonly Slot[], oldest: number): Slot[] {
  const from = fresh[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...known.filter((slot) => slot.at < from), ...fresh].filter((slot) => slot.at >= oldest);
}

export interface Sums {
  created: number;
  attempted: number;
  succeeded: number;
  failed: number;
  retried: number;
}

/** What happened in [from, to), or null when the history does not reach back that far. */
export function sumsOf(slots: readonly Slot[], from: number, to: number): Sums | null {
  const inside = slots.filter((slot) => slot.at >= from && slot.at < to);
  if (inside.length === 0) return null;
  const add = (name: keyof Sums): number => inside.reduce((sum, slot) => sum + slot[name], 0);
  return {
    created: add('created'),
    attempted: add('attempted'),
    succeeded: add('succeeded'),
    failed: add('failed'),
    retried: add('retried'),
  };
}

/** The share of ended attempts that succeeded. */
export const successShare = ({ succeeded, failed }: { succeeded: number; failed: number }): number | null =>
  succeeded + failed === 0 ? null : succeeded / (succeeded + failed);

/** All events of a stretch of time, and which of them are bad news. */
export interface EventBar {
  at: number;
  all: number;
  failed: number;
  dead: number;
}

export const STRIP_MINUTES = 60;

const eventsIn = (slot: Slot): number =>
  slot.created +
  slot.attempted +
  slot.succeeded +
  slot.failed +
  slot.retried +
  slot.dead_lettered +
  slot.cancelled +
  slot.other;

/** The slots in so many bars of equal length from `first` on; those in which nothing happened are there too. */
export function eventBars(slots: readonly Slot[], first: number, count: number, barMs: number): EventBar[] {
  const bars = Array.from({ length: count }, (_, i) => ({
    at: first + i * barMs,
    all: 0,
    failed: 0,
    dead: 0,
  }));
  for (const slot of slots) {
    const bar = bars[Math.floor((slot.at - first) / barMs)];
    if (!bar) continue;
    bar.all += eventsIn(slot);
    bar.failed += slot.failed;
    bar.dead += slot.dead_lettered;
  }
  return bars;
}

/** The last hour of the log, minute by minute, the last one still filling. */
export const stripBars = (slots: readonly Slot[], now: number): EventBar[] =>
  eventBars(slots, (Math.floor(now / MINUTE) - STRIP_MINUTES + 1) * MINUTE, STRIP_MINUTES, MINUTE);
