import { expect, it } from 'vitest';
import type { JobEvent, JsonObject } from '../api/types';
import { iso } from '../testing/jobs';
import { MOST_ENDED, NO_RUNS, runsOn } from './workRuns';

const event = (seq: number, job: number, type: string, data: JsonObject = {}): JobEvent => ({
  seq,
  job,
  type,
  data,
  version: 1,
  generation: 1,
  at: iso(seq * 100),
});
const began = (seq: number, job: number, worker: string, attempt = 1) =>
  event(seq, job, 'Attempted', { worker, attempt });

it('what a worker ended is told by the log: which attempt, how and how long it took', () => {
  const first = runsOn(['w'], NO_RUNS, [
    event(1, 9, 'Succeeded'),
    began(2, 1, 'w'),
    began(3, 2, 'other'),
    event(4, 2, 'Succeeded'),
    event(5, 1, 'Failed'),
    event(6, 1, 'RetryScheduled'),
    began(7, 1, 'w', 2),
  ]);
  expect(first.ended).toEqual([{ seq: 5, job: 1, attempt: 1, end: 'Failed', at: iso(500), tookMs: 300 }]);
  const next = runsOn(['w'], first, [event(8, 1, 'Succeeded')]);
  expect(next.ended.map(({ seq, attempt }) => [seq, attempt])).toEqual([
    [8, 2],
    [5, 1],
  ]);
  expect(next.open.size).toBe(0);
});

it('an attempt that went on elsewhere is no longer its own, and only the newest ones are kept', () => {
  const gone = runsOn(['w'], NO_RUNS, [began(1, 1, 'w'), began(2, 1, 'x', 2), event(3, 1, 'Succeeded')]);
  expect(gone.ended).toEqual([]);
  const many = Array.from({ length: 30 }, (_, i) => [
    began(10 + 2 * i, i, 'w'),
    event(11 + 2 * i, i, 'Succeeded'),
  ]);
  const { ended } = runsOn(['w'], NO_RUNS, many.flat());
  expect([ended.length, ended[0]?.job]).toEqual([MOST_ENDED, 29]);
});
