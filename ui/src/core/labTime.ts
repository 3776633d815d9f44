import type { TimeTick } from './axis';

// Virtual time, in microseconds from the beginning of a run. It has no zone.

const SECOND = 1_000_000;
const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400 * SECOND],
  ['h', 3600 * SECOND],
  ['m', 60 * SECOND],
  ['s', SECOND],
  ['ms', 1000],
  ['us', 1],
];
const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400, 172_800,
  604_800, 2_592_000, 7_776_000,
];

const two = (n: number): string => String(n).padStart(2, '0');

/** `2:05`, `1:02:05`; with `digits` of the second's fraction. */
export function virtualTime(us: number, digits = 0): string {
  const seconds = Math.floor(us / SECOND);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const whole = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  const rest = `${whole}:${two(seconds % 60)}`;
  if (digits === 0) return rest;
  return `${rest}.${String(Math.floor(us % SECOND))
    .padStart(6, '0')
    .slice(0, digits)}`;
}

/** `1h30m` in microseconds; null: not a duration as scenarios write it. */
export function parseSpan(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '0') return 0;
  if (!/^(\d+(\.\d+)?(us|ms|[smhd]))+$/.test(trimmed)) return null;
  let sum = 0;
  for (const [, figure, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)(us|ms|[smhd])/g)) {
    sum += Number(figure) * (UNITS.find(([name]) => name === unit)?.[1] ?? 0);
  }
  return Math.round(sum);
}

const stepOf = (us: number, labels: number): number =>
  (STEPS.find((each) => us / SECOND / each <= labels) ?? 7_776_000) * SECOND;

/** Round times of a stretch, without its ends. */
export function ticksWithin(from: number, to: number, labels = 6): TimeTick[] {
  const size = to - from;
  const step = size < 2 * SECOND ? SECOND / 10 : stepOf(size, labels);
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil(Math.max(0, from) / step) * step; at <= to; at += step)
    ticks.push({ share: (at - from) / size, text: virtualTime(at, step < SECOND ? 1 : 0) });
  return ticks;
}

/** Round times from 0 on, and the end. */
export function virtualTicks(end: number, labels = 7): TimeTick[] {
  const step = stepOf(Math.max(end, SECOND), labels);
  const ticks: TimeTick[] = [];
  for (let at = 0; at < end; at += step) {
    if (at / end < 1 - 0.6 / labels) ticks.push({ share: at / end, text: virtualTime(at) });
  }
  return [...ticks, { share: 1, text: virtualTime(end) }];
}
