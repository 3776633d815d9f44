import { describe, expect, it } from 'vitest';
import { makeJob } from '../testing/jobs';
import {
  columnsFrom,
  columnsText,
  columnTitle,
  columnValue,
  MOST_COLUMNS,
  payloadColumn,
  payloadFields,
  withColumn,
} from './columns';
import { orderFrom, orderParameters } from './order';

describe('columns in the address', () => {
  it('are those that there are, once each and in their order; the others are named', () => {
    expect(columnsFrom('worker,queue,size,payload.order,queue,payload.,')).toEqual({
      columns: ['worker', 'queue', 'payload.order'],
      refused: ['size', 'payload.'],
    });
    expect(columnsFrom('')).toEqual({ columns: [], refused: [] });
  });
  it('come back as they were, with commas and per cents in a name', () => {
    const columns = columnsFrom('tags,payload.a%2Cb,payload.50%25').columns;
    expect(columns).toEqual(['tags', 'payload.a,b', 'payload.50%']);
    expect(columnsFrom(columnsText(columns)).columns).toEqual(columns);
  });
  it('are only so many', () => {
    const many = Array.from({ length: MOST_COLUMNS + 2 }, (_, i) => `payload.f${i}`);
    expect(columnsFrom(many.join(','))).toEqual({
      columns: many.slice(0, MOST_COLUMNS),
      refused: many.slice(MOST_COLUMNS),
    });
  });
  it('are added at the end and taken away', () => {
    expect(withColumn(['queue'], 'tags', true)).toEqual(['queue', 'tags']);
    expect(withColumn(['queue', 'tags'], 'queue', true)).toEqual(['tags', 'queue']);
    expect(withColumn(['queue', 'tags'], 'queue', false)).toEqual(['tags']);
  });
});

describe('the value of a column', () => {
  const job = makeJob({
    queue: 'q',
    worker: null,
    priority: 0,
    tags: ['a', 'b'],
    payload: {
      order: 7,
      customer: { region: 'eu', 'zip.code': '1' },
      'a.b': 1,
      a: { b: 2, c: 3 },
      none: null,
      list: [1],
    },
  });
  it.each([
    ['queue', 'q'],
    ['worker', undefined],
    ['priority', 0],
    ['tags', 'a, b'],
    ['payload.order', 7],
    ['payload.customer.region', 'eu'],
    ['payload.customer.zip.code', '1'],
    ['payload.a.b', 1],
    ['payload.a.c', 3],
    ['payload.none', null],
    ['payload.list.0', undefined],
    ['payload.toString', undefined],
    ['payload.order.deeper', undefined],
  ] as const)('%s is %j', (column, value) => expect(columnValue(job, column)).toEqual(value));
  it('has none of no tags', () => expect(columnValue(makeJob(), 'tags')).toBeUndefined());
});

describe('fields of payloads', () => {
  it('are offered by how many have them', () => {
    const of = (...names: string[]) =>
      makeJob({ payload: Object.fromEntries(names.map((name) => [name, 1])) });
    expect(payloadFields([of('force', 'order'), of('force')])).toEqual(['payload.order', 'payload.force']);
    expect(payloadFields([of('z', 'b'), of('b', 'a'), of('b')])).toEqual([
      'payload.b',
      'payload.a',
      'payload.z',
    ]);
  });
  it('are typed with or without what stands before them', () => {
    expect(payloadColumn(' order ')).toBe('payload.order');
    expect(payloadColumn('payload.order')).toBe('payload.order');
    expect(payloadColumn('')).toBeNull();
    expect(payloadColumn('x'.repeat(101))).toBeNull();
  });
  it('have their own name as their title', () => {
    expect(columnTitle('payload.customer.region')).toBe('customer.region');
    expect(columnTitle('queue')).toBe('Queue');
  });
});

describe('the order in the address', () => {
  it.each([
    [undefined, undefined, 'newest', []],
    ['id', 'desc', 'newest', []],
    ['id', 'asc', 'oldest', []],
    [undefined, 'asc', 'oldest', []],
    ['duration', 'asc', 'newest', ['sort=duration']],
    ['id', 'up', 'newest', ['dir=up']],
  ] as const)('sort=%s, dir=%s is the %s first', (sort, dir, order, refused) =>
    expect(orderFrom(sort, dir)).toEqual({ order, refused }),
  );
  it('has no parameters when it is the usual one', () => {
    expect(orderParameters('newest')).toEqual({ sort: undefined, dir: undefined });
    expect(orderParameters('oldest')).toEqual({ sort: 'id', dir: 'asc' });
  });
});
