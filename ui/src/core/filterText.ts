import type { JobFilter } from '../api/types';
import { statusesFrom } from './filter';
import { isoMillis } from './time';
import { instantOf, UTC, type Zone } from './zone';

export type TokenResult =
  | { kind: 'filter'; filter: JobFilter }
  | { kind: 'job'; id: number }
  | { kind: 'fault'; message: string };

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The fields that a token may name, as the hint lists them. */
export const TOKEN_NAMES = ['status', 'type', 'queue', 'tag', 'error', 'after', 'before'] as const;

const isTokenName = (name: string): name is (typeof TOKEN_NAMES)[number] =>
  (TOKEN_NAMES as readonly string[]).includes(name);

/**
 * `90m` ago, a day, or a time, as RFC 3339; without an offset, of the zone that is shown. A link with it shows the same tomorrow
 * and elsewhere.
 */
function instant(text: string, now: number, zone: Zone): string | null {
  const ago = /^(\d{1,6})([smhd])$/.exec(text);
  if (ago) return isoMillis(now - Number(ago[1]) * (UNITS[ago[2] ?? ''] ?? 0));
  const [, day, time, offset] =
    /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:\d{2})?)?$/.exec(text) ?? [];
  if (day === undefined) return null;
  const at = Date.parse(`${day}T${time ?? '00:00'}${offset ?? 'Z'}`);
  if (Number.isNaN(at)) return null;
  return isoMillis(offset === undefined ? instantOf(at, zone) : at);
}

/**
 * Adds what was typed to a filter: `type:x`, `status:failed,retrying`, `tag:nightly`, `after:2h`; a bare number is a
 * job's ID, any other text is searched for.
 */
export function addToken(filter: JobFilter, text: string, now: number, zone: Zone = UTC): TokenResult {
  const typed = text.trim();
  if (/^\d[\d,]*$/.test(typed)) return { kind: 'job', id: Number(typed.replaceAll(',', '')) };
  const colon = typed.indexOf(':');
  const name = typed.slice(0, colon).toLowerCase();
  if (!isTokenName(name)) return { kind: 'filter', filter: { ...filter, q: unquote(typed) } };
  const value = unquote(typed.slice(colon + 1));
  if (value === '') return { kind: 'fault', message: `Say which after ${name}:` };
  if (name === 'tag')
    return { kind: 'filter', filter: { ...filter, tags: [...new Set([...filter.tags, value])] } };
  if (name === 'after' || name === 'before') {
    const at = instant(value, now, zone);
    if (at === null) return { kind: 'fault', message: `${name}: takes 15m, 2h, 3d, a date or a time` };
    return { kind: 'filter', filter: { ...filter, [name]: at } };
  }
  if (name !== 'status') return { kind: 'filter', filter: { ...filter, [name]: value } };
  const status = statusesFrom(value);
  if (status.length > 0) return { kind: 'filter', filter: { ...filter, status } };
  return { kind: 'fault', message: `There is no status “${value}”` };
}

const unquote = (text: string): string => text.trim().replace(/^"(.*)"$/, '$1');
