// Wall clocks. The browser knows the rules of every IANA zone, but tells only what its clock shows; the offset is the difference.

/** A name that IANA gives a time zone, as the browser writes it: `UTC`, `Asia/Katmandu`. */
export type Zone = string;

export const UTC: Zone = 'UTC';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Rules change on a minute, so what was found holds for all of it. So many are kept. */
const MOST_OFFSETS = 4000;

const formats = new Map<Zone, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** The browser's own spelling of a zone's name, or null where it knows no such zone. */
export function knownZone(name: string): Zone | null {
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

function readOffset(at: number, zone: Zone): number {
  const shown: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** How far the zone's clock is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(at: number, zone: Zone): number {
  if (zone === UTC || !Number.isFinite(at)) return 0;
  const minute = Math.floor(at / MINUTE);
  const key = `${minute} ${zone}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = readOffset(minute * MINUTE, zone);
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

/** `UTC+5:45`, `UTC−3`. */
export function offsetWords(at: number, zone: Zone): string {
  const minutes = Math.round(offsetAt(at, zone) / MINUTE);
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`;
}

/** For those who read it: `Asia/Ho Chi Minh`. */
export const zoneWords = (zone: Zone): string => zone.replaceAll('_', ' ');

/**
 * The instant at which a zone's clock shows this date and time, both in milliseconds. A time that comes twice is the first of
 * them, one that is left out is as much later as the clock is put forward.
 */
export function instantOf(wall: number, zone: Zone): number {
  const before = offsetAt(wall - DAY, zone);
  const after = offsetAt(wall + DAY, zone);
  const isShown = (offset: number): boolean => offsetAt(wall - offset, zone) === offset;
  return wall - (isShown(before) || !isShown(after) ? before : after);
}
