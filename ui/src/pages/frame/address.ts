import { isEventType } from '../../core/eventTypes';
import { isRange } from '../../core/history';
import { isStatus } from '../../core/status';
import { DETAIL_IDS } from '../job/parameters';

// What the address of each page may say. Parameters that no page knows are kept; those that a page cannot read are left out.

type Check = (text: string) => boolean;

const isNumber: Check = (text) => /^\d{1,15}$/.test(text);
const isTime: Check = (text) => !Number.isNaN(Date.parse(text));
const oneOf =
  (...names: readonly string[]): Check =>
  (text) =>
    names.includes(text);
const isStatusList: Check = (text) => text.split(',').every((name) => isStatus(name.trim().toUpperCase()));
const isEventTypeList: Check = (text) => text.split(',').every(isEventType);

const CHECKS: Record<string, Record<string, Check>> = {
  '/': { range: isRange, from: isTime, to: isTime },
  '/jobs': { status: isStatusList, created_after: isTime, created_before: isTime, peek: isNumber },
  '/jobs/$id': {
    event: isNumber,
    generation: isNumber,
    tab: oneOf(...DETAIL_IDS),
    scale: oneOf('compressed', 'true'),
  },
  '/events': { type: isEventTypeList, job: isNumber },
  '/dead-letters': { sort: oneOf('count', 'last', 'first', 'growth') },
  '/time-travel': { range: oneOf('15m', '1h', '6h', '24h'), to: isTime, a: isNumber, b: isNumber },
};

/** The parameters of a page that it cannot read, as they stand in the address. */
export function unreadable(routes: readonly string[], search: Record<string, unknown>): [string, string][] {
  return routes.flatMap((route) =>
    Object.entries(CHECKS[route] ?? {}).flatMap(([name, isGood]): [string, string][] => {
      const text = search[name];
      return typeof text === 'string' && text !== '' && !isGood(text) ? [[name, text]] : [];
    }),
  );
}
