import type { Resolution } from '../api/history';
import { type RangePlan, slotMs } from './history';
import { coarse, isoMillis } from './time';

// A stretch of a chart that was picked with the pointer. It stands still, and in the address.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const BARS = 120;
const STEPS = [
  ...[1, 2, 5, 10, 20, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4].map((hours) => hours * HOUR),
];
/** Of fewer than so many slots no percentiles are drawn. */
const LEAST_POINTS = 10;

export interface Zoom {
  from: number;
  to: number;
}

export interface ZoomParameters {
  from?: string;
  to?: string;
}

/** From the address; null where it says nothing that could be shown. */
export function zoomFrom({ from, to }: ZoomParameters, now: number): Zoom | null {
  const zoom = { from: Date.parse(from ?? ''), to: Date.parse(to ?? '') };
  return zoom.from < zoom.to && zoom.from < now && zoom.to - zoom.from <= 31 * DAY ? zoom : null;
}

export const zoomParameters = ({ from, to }: Zoom): Required<ZoomParameters> => ({
  from: isoMillis(from),
  to: isoMillis(to),
});

/** The finest slots that the server still has of a time. */
const finest = (age: number): Resolution => (age < HOUR ? 'second' : age < DAY ? 'minute' : 'hour');

/** What to draw it of, and its ends in whole bars. */
export function zoomPlan(zoom: Zoom, now: number): { plan: RangePlan; to: number } {
  const kept = finest(now - zoom.from + MINUTE);
  const span = zoom.to - zoom.from;
  const barMs = STEPS.find((step) => step >= slotMs(kept) && span / step <= BARS) ?? 4 * HOUR;
  const to = Math.ceil(zoom.to / barMs) * barMs;
  const spanMs = to - Math.floor(zoom.from / barMs) * barMs;
  const resolution: Resolution = [...RESOLUTIONS].reverse().find((each) => slotMs(each) <= barMs) ?? 'second';
  const latency = [...RESOLUTIONS]
    .reverse()
    .find((each) => slotMs(each) >= slotMs(kept) && spanMs / slotMs(each) >= LEAST_POINTS);
  const words = `every ${coarse(barMs).replace(/ 00 s$|(?<= h) 00 m$/, '')}`;
  return { plan: { resolution, spanMs, barMs, words, latency: latency ?? kept }, to };
}

const RESOLUTIONS: readonly Resolution[] = ['second', 'minute', 'hour'];

/** What was picked of a stretch, in shares of it; nothing where that is too little to be meant. */
export function picked({ from, to }: Zoom, a: number, b: number): Zoom | null {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (high - low < 0.02) return null;
  const at = (share: number): number => from + Math.min(1, Math.max(0, share)) * (to - from);
  const zoom = { from: Math.floor(at(low) / SECOND) * SECOND, to: Math.ceil(at(high) / SECOND) * SECOND };
  return zoom.to - zoom.from >= 5 * SECOND ? zoom : null;
}
