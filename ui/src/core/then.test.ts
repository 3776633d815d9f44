import { describe, expect, it } from 'vitest';
import type { PastQueue, State } from '../api/past';
import { makeCounts, makeEvent, makeJob } from '../testing/jobs';
import { NO_FILTER } from './filter';
import { STATUSES } from './status';
import { countsWithin, eventsUntil, queueOf, unlistedWords, workersOf } from './then';

const queue = (part: Partial<PastQueue>): PastQueue => ({
  name: 'imports',
  paused: false,
  pause_reason: '',
  concurrency: null,
  by_status: makeCounts({ QUEUED: 4, RUNNING: 2 }),
  ...part,
});

describe('a queue of then', () => {
  it.each([
    ['takes what is queued', {}, 4],
    ['that is paused has nothing ready', { paused: true }, 0],
    ['that is full has nothing ready', { concurrency: 2 }, 0],
    ['with room left takes what is queued', { concurrency: 3 }, 4],
  ])('%s', (_name, part, ready) => {
    expect(queueOf(queue(part))).toMatchObject({ ready, running: 2 });
  });
});

it('a worker of then has the jobs that name it', () => {
  const worker = { host: 'h', state: 'quiet' as const, lost: false, since: '', seen_at: '' };
  const running = [
    makeJob({ id: 4, worker: 'w-1' }),
    makeJob({ id: 5, worker: 'w-2' }),
    makeJob({ id: 6, worker: 'w-1' }),
  ];
  const [first, none] = workersOf(
    [
      { ...worker, name: 'w-1' },
      { ...worker, name: 'w-0' },
    ],
    running,
  );
  expect(first?.running.map(({ job }) => job)).toEqual([4, 6]);
  expect(first?.state).toBe('quiet');
  expect(none?.running).toEqual([]);
});

describe('the counts of then', () => {
  const state = {
    by_status: makeCounts({ QUEUED: 9 }),
    queues: [queue({})],
  } as unknown as State;
  it('are those of all jobs, whatever status is looked at', () => {
    expect(countsWithin({ ...NO_FILTER, status: ['FAILED'] }, state)).toEqual(makeCounts({ QUEUED: 9 }));
  });
  it('are those of the queue, also of one that did not exist', () => {
    expect(countsWithin({ ...NO_FILTER, queue: 'imports' }, state)?.QUEUED).toBe(4);
    expect(countsWithin({ ...NO_FILTER, queue: 'later' }, state)).toEqual(makeCounts());
  });
  it('are not known inside other filters', () => {
    expect(countsWithin({ ...NO_FILTER, queue: 'imports', type: 'x' }, state)).toBeUndefined();
    expect(countsWithin({ ...NO_FILTER, q: 'x' }, state)).toBeUndefined();
  });
});

describe('what is counted and not listed', () => {
  const some = makeCounts({ SUCCEEDED: 1208, CANCELLED: 3, FAILED: 7 });
  it('is said in words', () => {
    expect(unlistedWords(STATUSES, some)).toBe(
      'Of 1,208 Succeeded and 3 Cancelled jobs only the number is known.',
    );
    expect(unlistedWords(['DISCARDED'], makeCounts({ DISCARDED: 1 }))).toBe(
      'Of 1 Discarded job only the number is known.',
    );
  });
  it('is nothing where none is asked for, or there was none', () => {
    expect(unlistedWords(['FAILED', 'QUEUED'], some)).toBeNull();
    expect(unlistedWords(STATUSES, makeCounts({ FAILED: 7 }))).toBeNull();
  });
});

it('the events of a job end where the moment is, that one included', () => {
  const events = [1, 2, 3].map((n) => ({ value: { ...makeEvent('Extended', n), seq: n * 10 }, text: '' }));
  expect(eventsUntil(events, 20).map(({ value }) => value.seq)).toEqual([10, 20]);
  expect(eventsUntil(events, 9)).toEqual([]);
});
