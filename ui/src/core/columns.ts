import type { Job, Json } from '../api/types';
import { CONTROLS } from './plan';

// Columns of the Jobs page beyond those that are always there. They stand in the address, so a link shows the same.

export type NamedColumn = 'queue' | 'worker' | 'priority' | 'tags';
export type Column = NamedColumn | `payload.${string}`;

export const NAMED_COLUMNS: readonly NamedColumn[] = ['queue', 'worker', 'priority', 'tags'];
/** More than these nobody can compare, and every row would cost more. */
export const MOST_COLUMNS = 8;
const LONGEST_NAME = 100;
const PAYLOAD = 'payload.';

const isColumn = (name: string): name is Column =>
  (NAMED_COLUMNS as readonly string[]).includes(name) ||
  (name.startsWith(PAYLOAD) && name.length > PAYLOAD.length && name.length <= LONGEST_NAME);

/** What was typed as the name of a field: `order`, `payload.order`, `customer.region`. */
export function payloadColumn(typed: string): Column | null {
  const field = typed.trim();
  const name = field.startsWith(PAYLOAD) ? field : PAYLOAD + field;
  return isColumn(name) ? name : null;
}

export interface ReadColumns {
  columns: Column[];
  /** What is no column, and those beyond the most. */
  refused: string[];
}

/** Of the address: `queue,payload.order`; a comma within a name is escaped. */
export function columnsFrom(text: string): ReadColumns {
  const names = text
    .split(',')
    .map((name) => name.trim().replace(/%25|%2C/g, decodeURIComponent))
    .filter((name) => name !== '');
  const known = [...new Set(names.filter(isColumn))];
  const columns = known.slice(0, MOST_COLUMNS);
  return {
    columns,
    refused: [...new Set(names.filter((name) => !isColumn(name)))].concat(known.slice(MOST_COLUMNS)),
  };
}

export const columnsText = (columns: readonly Column[]): string =>
  columns.map((name) => name.replace(/[%,]/g, encodeURIComponent)).join(',');

export const withColumn = (columns: readonly Column[], column: Column, isOn: boolean): Column[] =>
  isOn ? [...columns.filter((each) => each !== column), column] : columns.filter((each) => each !== column);

/** A field of an object; one whose name holds dots comes before what lies deeper. */
function fieldOf(value: Json | undefined, path: string): Json | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const [head, rest] = [path.slice(0, dot), path.slice(dot + 1)];
    const found = Object.hasOwn(value, head) ? fieldOf(value[head], rest) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a job has in a column; undefined where it has nothing. */
export function columnValue(job: Job, column: Column): Json | undefined {
  switch (column) {
    case 'queue':
      return job.queue;
    case 'worker':
      return job.worker ?? undefined;
    case 'priority':
      return job.priority;
    case 'tags':
      return job.tags.length > 0 ? job.tags.join(', ') : undefined;
    default:
      return fieldOf(job.payload, column.slice(PAYLOAD.length));
  }
}

export const isPayload = (column: Column): boolean => column.startsWith(PAYLOAD);

export const columnTitle = (column: Column): string =>
  isPayload(column) ? column.slice(PAYLOAD.length) : `${column.slice(0, 1).toUpperCase()}${column.slice(1)}`;

const FIELDS_SHOWN = 12;

const isControl = (column: Column): boolean =>
  (CONTROLS as readonly string[]).includes(column.slice(PAYLOAD.length));

/** The fields that payloads of these jobs have, the most frequent first; what controls the simulator comes last. */
export function payloadFields(jobs: Iterable<Job>): Column[] {
  const counts = new Map<Column, number>();
  for (const job of jobs) {
    for (const name of Object.keys(job.payload)) {
      const column = payloadColumn(`${PAYLOAD}${name}`);
      if (column) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  const order = [...counts].sort(
    ([a, n], [b, m]) => Number(isControl(a)) - Number(isControl(b)) || m - n || (a < b ? -1 : 1),
  );
  return order.slice(0, FIELDS_SHOWN).map(([column]) => column);
}
