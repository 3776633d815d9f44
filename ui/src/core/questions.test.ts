import { expect, test } from 'vitest';
import type { Gate, Run, Why } from '../api/why';
import { gateBars, isOpen, questionsOf, readyFor, toggled } from './questions';

const AT = '2026-11-24T10:10:00.000000Z';
const gate = (name: Gate['gate'], closed: boolean, since: string | null): Gate => ({
  gate: name,
  closed,
  sentence: name,
  since,
  event: null,
});
const run = (reason: Run['reason']): Run => ({
  execution: 1,
  generation: 1,
  attempt: 1,
  fence: 1,
  worker: 'w',
  started_at: AT,
  end: 'failed',
  ended_at: AT,
  end_event: 3,
  reason,
  sentence: '',
  event: 1,
});
const why = (gates: Gate[] | null, reasons: Run['reason'][] = []): Why => ({
  job: 1,
  seq: 9,
  at: AT,
  status: 'QUEUED',
  waiting: gates && { sentence: '', ready_in_queue: 1, gates },
  executions: { sentence: '', count: reasons.length, runs: reasons.map(run) },
});
const ready = (since: string) => why([gate('due', false, since), gate('queue', true, since)]);

test('a question is offered only when there is something to answer', () => {
  expect(questionsOf(why(null, ['first', 'retry', 'timeout']))).toEqual([]);
  expect(questionsOf(why([], ['first', 'worker_lost']))).toEqual(['waiting', 'twice']);
  expect(questionsOf(why([], ['first', 'worker_lost']), ['delay'])).toEqual(['waiting', 'delay', 'twice']);
  expect(questionsOf(undefined, ['failed'])).toEqual(['failed']);
});

test('a long wait opens its question, a short one and a wait for a time do not', () => {
  expect(isOpen('waiting', undefined, ready('2026-11-24T10:09:00.000000Z'))).toBe(true);
  expect(isOpen('waiting', undefined, ready('2026-11-24T10:09:00.001000Z'))).toBe(false);
  expect(readyFor(why([gate('due', true, '2026-11-24T09:00:00.000000Z')]))).toBe(0);
});

test('the address keeps what the reader opened and closed', () => {
  const long = ready('2026-11-24T10:00:00.000000Z');
  expect(toggled('waiting', undefined, long)).toBe('none');
  expect(isOpen('waiting', 'none', long)).toBe(false);
  const both = why([], ['first', 'requeued']);
  expect(toggled('twice', 'waiting', both)).toBe('waiting,twice');
  expect(toggled('waiting', 'waiting,twice', both)).toBe('twice');
  expect(toggled('failed', undefined, undefined, ['failed'])).toBe('failed');
});

test('bars end now, begin with the first reason, and say when a beginning is not known', () => {
  const bars = gateBars(
    [
      gate('due', false, '2026-11-24T09:00:00.000000Z'),
      gate('queue', true, '2026-11-24T10:00:00.000000Z'),
      gate('worker', true, '2026-11-24T10:05:00.000000Z'),
      gate('slot', true, null),
    ],
    Date.parse(AT),
  );
  expect(bars.map(({ from, forMs }) => [from, forMs])).toEqual([
    [0, 600_000],
    [50, 300_000],
    [null, null],
  ]);
});
