import type { JobFilter } from '../../api/types';
import { statusLabel } from '../../core/status';
import { exactDate, millis, type Zone } from '../../core/time';
import { serverNow } from '../../ui/serverTime';

/** One condition of a filter in words, and the filter without it. */
export interface Chip {
  field: string;
  verb: string;
  value: string;
  without: JobFilter;
}

/** Times as the zone's clock shows them. */
export function chipsOf(filter: JobFilter, zone: Zone): Chip[] {
  const { status, type, queue, tags, q, error, after, before } = filter;
  const chip = (field: string, verb: string, value: string | null, without: Partial<JobFilter>): Chip[] =>
    value === null ? [] : [{ field, verb, value, without: { ...filter, ...without } }];
  const time = (at: string | null): string | null =>
    at === null ? null : exactDate(millis(at), zone, serverNow());
  const statuses = status.length > 0 ? status.map(statusLabel).join(' or ') : null;
  return [
    ...chip('status', 'is', statuses, { status: [] }),
    ...chip('type', 'is', type, { type: null }),
    ...chip('queue', 'is', queue, { queue: null }),
    ...tags.flatMap((tag) => chip('tag', 'is', tag, { tags: tags.filter((other) => other !== tag) })),
    ...chip('text', 'has', q, { q: null }),
    ...chip('error', 'has', error, { error: null }),
    ...chip('created', 'from', time(after), { after: null }),
    ...chip('created', 'before', time(before), { before: null }),
  ];
}

export const chipWords = (chip: Chip): string => `${chip.field} ${chip.verb} ${chip.value}`;
