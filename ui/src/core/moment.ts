import { clock, clockOrDate, isoMillis, type Zone } from './time';

/** What a page about the past looks at: now, after an event, or a time. */
export type Moment = { kind: 'live' } | { kind: 'seq'; seq: number } | { kind: 'time'; time: number };

export const LIVE: Moment = { kind: 'live' };

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** From the address; what cannot be read is now. */
export function momentFrom(text: string | undefined): Moment {
  if (text === undefined) return LIVE;
  if (/^\d{1,15}$/.test(text)) return { kind: 'seq', seq: Number(text) };
  const time = ISO.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? LIVE : { kind: 'time', time };
}

/** As the address and the server take it; undefined is now. */
export function momentText(moment: Moment): string | undefined {
  if (moment.kind === 'live') return undefined;
  return moment.kind === 'seq' ? String(moment.seq) : isoMillis(moment.time);
}

/** The address of a page as of an event: what it shows does not move. */
export function linkToMoment(href: string, seq: number): string {
  const address = new URL(href);
  address.searchParams.set('at', String(seq));
  return address.href.replaceAll('%2C', ',');
}

export const isSame = (a: Moment, b: Moment): boolean => momentText(a) === momentText(b);

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** `22 minutes ago`, for those who hear it. */
export function agoWords(ms: number): string {
  for (const [unit, size] of UNITS) {
    const n = Math.floor(ms / size);
    if (n >= 1) return `${n} ${unit}${n === 1 ? '' : 's'} ago`;
  }
  return 'now';
}

/** `13:44:07, 22 minutes ago`. */
export const momentWords = (time: number, now: number, zone: Zone): string => {
  const day = clockOrDate(time, zone, now);
  const words = day === clock(time, zone) ? day : `${day.slice(0, -5)}${clock(time, zone)}`;
  return `${words}, ${agoWords(now - time)}`;
};

/** The same for those who see it: `13:44:07.312`, with the day when it was another one. */
export function momentClock(time: number, now: number, zone: Zone): string {
  const day = clockOrDate(time, zone, now);
  const exact = clock(time, zone, 3);
  return day === clock(time, zone) ? exact : `${day.slice(0, -5)}${exact}`;
}

/** How far the server has read, when it asks to be asked again. */
export function reachedFrom(message: string): number | null {
  const match = /the past is being read, up to event (\d+)/.exec(message);
  return match ? Number(match[1]) : null;
}
