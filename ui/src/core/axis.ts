import { clockMinutes, date, type Zone } from './time';
import { offsetAt } from './zone';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440].map((minutes) => minutes * MINUTE);

/** About four round steps from 0 that reach `max`. */
export function countTicks(max: number): number[] {
  if (max <= 2) return max <= 1 ? [0, 1] : [0, 1, 2];
  const rough = max / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power);
  return Array.from({ length: Math.ceil(max / step) + 1 }, (_, i) => i * step);
}

/** The same for what need not be whole: the top may be below 1. */
export function rateTicks(max: number): number[] {
  if (max >= 4 || max <= 0) return countTicks(max);
  const power = 10 ** Math.floor(Math.log10(max / 4));
  const step = ([1, 2, 5, 10].find((factor) => factor * power * 4 >= max) ?? 10) * power;
  return Array.from({ length: Math.ceil(max / step - 1e-9) + 1 }, (_, i) =>
    Number((i * step).toPrecision(3)),
  );
}

/** The powers of ten that enclose what is shown, in milliseconds. */
export function logTicks(min: number, max: number): number[] {
  const first = Math.floor(Math.log10(Math.max(min, 0.001)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(max, 0.001))));
  return Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
}

export interface TimeTick {
  share: number;
  text: string;
}

/** Round times of the zone; the end of the axis is now, or what it is called. */
export function timeTicks(from: number, to: number, zone: Zone, labels = 7, end = 'now'): TimeTick[] {
  const span = to - from;
  const step = STEPS.find((each) => span / each <= labels) ?? 1440 * MINUTE;
  // Where the zone changes its offset within the axis, ticks stay at round times of the clock.
  const roundTo = (at: number, how: (n: number) => number): number => {
    const shift = offsetAt(at, zone);
    return how((at + shift) / step) * step - shift;
  };
  const ticks: TimeTick[] = [];
  for (let at = roundTo(from, Math.ceil); at < to; at = roundTo(at + step, Math.round)) {
    const share = (at - from) / span;
    const isDay = (at + offsetAt(at, zone)) % (24 * HOUR) === 0 && span > 12 * HOUR;
    const text = isDay ? date(at, zone, to).split(' ').slice(0, 2).join(' ') : clockMinutes(at, zone);
    if (share < 1 - 0.9 / labels) ticks.push({ share, text });
  }
  return [...ticks, { share: 1, text: end }];
}
