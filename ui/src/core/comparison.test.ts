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
  const fields = new Map(eventFields(event, 'UTC'));
  expect([...fields.keys()]).toEqual(['fence', 'attempt', 'cause', 'error']);
  expect(fields.get('error')).toMatch(/^GatewayTimeout: x+…$/);
  expect(fields.get('error')).toHaveLength(241);
});

it('times among the fields are those of the zone, and texts that only hold one stay', () => {
  const event = makeEvent('RetryScheduled', 0, {
    due: '2026-11-23T15:00:08.483118Z',
    run_at: '2026-12-03T20:00:00.000000Z',
    text: 'at 2026-11-23T15:00:08Z',
  });
  expect(eventFields(event, 'Asia/Kathmandu')).toEqual([
    ['due', '20:45:08.483'],
    ['run_at', '4 Dec 01:45:00.000'],
    ['text', 'at 2026-11-23T15:00:08Z'],
  ]);
});
