import { expect, it } from 'vitest';
import { makeCounts, makeEvent } from '../testing/jobs';
import { change, changesBetween } from './comparison';
import { eventFields } from './eventFields';
import { STATUSES } from './status';

it.each([
  [3, 3, null],
  [3, 1203, '+1,200'],
  [5, 1, '−4'],
])('from %d to %d', (from, to, words) => expect(change(from, to)).toBe(words));

it('between two moments, only what changed is listed', () => {
  const from = makeCounts({ QUEUED: 5, FAILED: 1 });
  const to = makeCounts({ QUEUED: 2, FAILED: 1, SUCCEEDED: 3 });
  expect(changesBetween(from, to, STATUSES)).toEqual([
    { status: 'QUEUED', from: 5, to: 2, words: '−3' },
    { status: 'SUCCEEDED', from: 0, to: 3, words: '+3' },
  ]);
});

it('an event is told field by field, without what is empty, and not at length', () => {
  const event = makeEvent('Failed', 0, {
    fence: 12,
    attempt: 1,
    cause: 'error',
    note: null,
    tags: [],
    error: { type: 'GatewayTimeout', message: 'x'.repeat(400), backtrace: [] },
  });
  const fields = new Map(eventFields(event));
  expect([...fields.keys()]).toEqual(['fence', 'attempt', 'cause', 'error']);
  expect(fields.get('error')).toMatch(/^GatewayTimeout: x+…$/);
  expect(fields.get('error')).toHaveLength(241);
});
