import { offsetAt, offsetWords, UTC, type Zone, zoneWords } from './zone';

export type { Zone };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const two = (n: number): string => String(n).padStart(2, '0');

/** Milliseconds since the epoch, with the fraction that Date.parse would drop. */
export function millis(iso: string): number {
  const fraction = /\.(\d+)Z$/.exec(iso)?.[1] ?? '';
  const micros = Number(fraction.padEnd(6, '0').slice(3, 6));
  return Date.parse(iso) + micros / 1000;
}

/** `38 ms`, `1.20 s`, `2 m 41 s`, `3 h 05 m`, `2 d 4 h`. */
export function duration(ms: number): string {
  const value = Math.max(0, ms);
  if (value < 999.5) return `${Math.round(value)} ms`;
  if (value < 59_995) return `${(value / SECOND).toFixed(2)} s`;
  return longDuration(value);
}

/** The same in tenths, for what counts up or down while one looks. */
export function ticking(ms: number): string {
  const value = Math.max(0, ms);
  if (value < 59_950) return `${(value / SECOND).toFixed(1)} s`;
  return longDuration(value);
}

/** Whole seconds below a minute, for relative times. */
export function coarse(ms: number): string {
  const value = Math.max(0, ms);
  if (value < 59_500) return `${Math.round(value / SECOND)} s`;
  return longDuration(value);
}

function longDuration(ms: number): string {
  const seconds = Math.round(ms / SECOND);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${two(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
  const hours = Math.floor(minutes / 60);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  ms: number;
}

function parts(at: number, zone: Zone): Parts {
  const d = new Date(at + offsetAt(at, zone));
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth(),
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    second: d.getUTCSeconds(),
    ms: d.getUTCMilliseconds(),
  };
}

/** `14:06:24`, with `digits` of the fraction. */
export function clock(at: number, zone: Zone, digits = 0): string {
  const p = parts(Math.floor(at), zone);
  const whole = `${two(p.hour)}:${two(p.minute)}:${two(p.second)}`;
  return digits === 0 ? whole : `${whole}.${String(p.ms).padStart(3, '0').slice(0, digits)}`;
}

/** `14:02`. */
export function clockMinutes(at: number, zone: Zone): string {
  return clock(at, zone).slice(0, 5);
}

/** `12 Nov 14:06`, with the year when it is not this one. */
export function date(at: number, zone: Zone, now: number): string {
  const p = parts(at, zone);
  const year = p.year === parts(now, zone).year ? '' : ` ${p.year}`;
  return `${p.day} ${MONTHS[p.month]}${year} ${two(p.hour)}:${two(p.minute)}`;
}

/** The same with the seconds, where there are any. */
export function exactDate(at: number, zone: Zone, now: number): string {
  const { second, ms } = parts(Math.floor(at), zone);
  if (second === 0 && ms === 0) return date(at, zone, now);
  return `${date(at, zone, now)}:${two(second)}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`;
}

/** The clock for a time of the same day, else the date. */
export function clockOrDate(at: number, zone: Zone, now: number): string {
  const a = parts(at, zone);
  const b = parts(now, zone);
  const today = a.year === b.year && a.month === b.month && a.day === b.day;
  return today ? clock(at, zone) : date(at, zone, now);
}

const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z/g;

/** A sentence of the server, or a value, with the times in it as the zone shows them; `digits` are those of the fraction. */
export const timesIn = (text: string, zone: Zone, now: number, digits = 0): string =>
  text.replace(INSTANT, (instant) => {
    const at = millis(instant);
    const day = clockOrDate(at, zone, now);
    const exact = clock(at, zone, digits);
    return day === clock(at, zone) ? exact : `${day.slice(0, -5)}${exact}`;
  });

/** `in 3.8 s`, `41 s ago`, and from a day on the date. */
export function relative(at: number, now: number, zone: Zone): string {
  const gap = at - now;
  if (Math.abs(gap) >= DAY) return date(at, zone, now);
  if (gap > 0) return `in ${ticking(gap)}`;
  return gap > -SECOND ? 'just now' : `${coarse(-gap)} ago`;
}

/** UTC with milliseconds. */
export const isoMillis = (at: number): string => new Date(Math.floor(at)).toISOString();

/** `24 Nov 2026 15:00:00.123`. */
export function fullTime(at: number, zone: Zone): string {
  const p = parts(Math.floor(at), zone);
  return `${p.day} ${MONTHS[p.month]} ${p.year} ${clock(at, zone, 3)}`;
}

export interface TimeForm {
  label: string;
  text: string;
}

/** An instant in every form that somebody may want to take along; `seq` is the event that happened then. */
export const timeForms = (at: number, zone: Zone, seq: string | null = null): TimeForm[] => [
  { label: zoneWords(zone), text: `${fullTime(at, zone)} ${zone === UTC ? UTC : offsetWords(at, zone)}` },
  { label: 'ISO 8601', text: isoMillis(at) },
  { label: 'Epoch, ms', text: String(Math.floor(at)) },
  ...(seq === null ? [] : [{ label: 'Seq', text: seq }]),
];
