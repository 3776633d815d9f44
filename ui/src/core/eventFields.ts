import type { JobEvent, Json } from '../api/types';
import { errorOf } from './eventWords';
import { brief } from './json';
import { millis, timesIn, type Zone } from './time';

const LONGEST = 240;
const MOST = 9;

const isThere = (value: Json): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);

const isTime = (value: Json): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/.test(value);

/** What an event says, field by field, as short as it fits beside the others. */
export function eventFields(event: JobEvent, zone: Zone): [string, string][] {
  const valueWords = (value: Json): string =>
    isTime(value) ? timesIn(value, zone, millis(event.at), 3) : brief(value);
  const fields = Object.entries(event.data)
    .filter(([, value]) => isThere(value))
    .map(([name, value]): [string, string] => [
      name,
      name === 'error' ? errorWords(event) : valueWords(value),
    ]);
  return fields
    .slice(0, MOST)
    .map(([name, text]) => [name, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text]);
}

function errorWords(event: JobEvent): string {
  const { type, message } = errorOf(event.data);
  return message === '' ? type : `${type}: ${message}`;
}
