import { describe, expect, it } from 'vitest';
import type { PastQueue, State } from '../api/past';
import { iso, makeCounts, makeEvent, makeJob, T0 } from '../testing/jobs';
import { NO_FILTER } from './filter';
import { STATUSES } from './status';
import {
  countsWithin,
  eventsUntil,
  oldestThen,
  queueOf,
  runnersOf,
  toldOf,
  unlistedWords,
  workersOf,
} from './then';

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

it('who ran jobs of a queue is told by the jobs, inside the server or out', () => {
  const ran = (id: number, worker: string, queue = 'imports') => makeJob({ id, worker, queue });
  const running = [
    ran(1, 'w-2'),
    ran(2, 'simulator'),
    ran(3, 'w-1'),
    ran(4, 'w-2'),
    ran(5, 'w-3', 'mails'),
    ran(6, 'http'),
  ];
  expect(runnersOf(running, 'imports')).toEqual({
    workers: [
      { name: 'w-2', n: 2 },
      { name: 'w-1', n: 1 },
    ],
    inside: 2,
  });
});

describe('the oldest job that waited in a queue', () => {
  const waited = (id: number, queue: string, at: number) =>
    makeJob({ id, queue, created_at: iso(at), updated_at: iso(at) });
  const holding = (name: string, queued: number) =>
    queue({ name, by_status: makeCounts({ QUEUED: queued }) });
  it('is the one that was made first', () => {
    const jobs = [waited(9, 'a', 50), waited(3, 'a', 20), waited(4, 'b', 30)];
    expect([...oldestThen([holding('a', 2), holding('b', 1), holding('c', 0)], jobs)]).toEqual([
      ['a', T0 + 20],
      ['b', T0 + 30],
    ]);
  });
  it('is not known where not all of them are listed', () =>
    expect(oldestThen([holding('a', 2)], [waited(9, 'a', 50)]).size).toBe(0));
});

it('jobs of now tell of then as far as what they say is that old', () => {
  const at = iso(1000);
  const jobs = [
    makeJob({ id: 1, started_at: iso(900), updated_at: iso(5000) }),
    makeJob({ id: 2, started_at: iso(1100), updated_at: iso(5000) }),
    makeJob({ id: 3, generation: 2, updated_at: iso(5000) }),
    makeJob({ id: 4, generation: 2, updated_at: iso(800) }),
  ];
  const { policies, starts } = toldOf(jobs, at);
  expect([policies.map(({ id }) => id), starts.map(({ id }) => id)]).toEqual([[1, 2, 4], [1]]);
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
