import { beforeEach, describe, expect, it } from 'vitest';
import type { LogPage, LogQuery } from '../api/eventLog';
import type { JobEvent } from '../api/types';
import { iso, makeJob } from '../testing/jobs';
import { CAPACITY, type EventFilter, EventTail } from './eventTail';

const SCAN_MAX = 2500;
let log: JobEvent[];
let reads: LogQuery[];
let now: number;

const event = (seq: number): JobEvent => ({
  seq,
  job: seq % 100,
  version: 1,
  generation: 1,
  type: seq % 10 === 0 ? 'Created' : 'Failed',
  at: iso(seq),
  data: { type: `type-${seq % 100}`, queue: 'q' },
});
const grow = (to: number): JobEvent[] => {
  const fresh = Array.from({ length: to - log.length }, (_, i) => event(log.length + i + 1));
  log.push(...fresh);
  return fresh;
};

/** Reads as the server does: so many events for one answer, then it goes on from `scannedTo`. */
const read = async (query: LogQuery): Promise<LogPage> => {
  reads.push(query);
  const found: LogPage['events'] = [];
  let scannedTo = query.after;
  for (const each of log.slice(query.after, query.after + SCAN_MAX)) {
    if (found.length === query.limit) break;
    scannedTo = each.seq;
    if (
      (!query.types?.length || query.types.includes(each.type)) &&
      (query.job == null || each.job === query.job)
    ) {
      found.push({ value: each, text: '' });
    }
  }
  return { events: found, scannedTo };
};

const makeTail = (filter: EventFilter = { types: [], job: null }) =>
  new EventTail(filter, { read, newest: async () => log.length }, () => now);
const seqs = (tail: EventTail): number[] => tail.getView().all.map((row) => row.seq);
const span = (tail: EventTail) => [seqs(tail)[0], seqs(tail).at(-1), seqs(tail).length];

beforeEach(() => {
  log = [];
  reads = [];
  now = 1000;
});

describe('the tail of the log', () => {
  it('stays stopped before its first rows, whatever comes in, until it is taken up again', async () => {
    grow(30);
    let isHeld = true;
    let asked = 0;
    const tail = new EventTail(
      { types: [], job: null },
      {
        read,
        newest: (signal) =>
          new Promise((done, fail) => {
            asked++;
            if (!isHeld) done(log.length);
            signal?.addEventListener('abort', () => fail(signal.reason));
          }),
      },
      () => now,
    );
    const opened = tail.open();
    tail.apply([event(30)], []);
    tail.stop();
    await opened;
    await tail.catchUp();
    tail.apply(grow(31), []);
    expect(tail.getView()).toMatchObject({ isStopped: true, isLoaded: false, isReading: false, error: null });
    expect(asked).toBe(1);
    isHeld = false;
    await tail.again();
    expect(span(tail)).toEqual([1, 31, 31]);
    expect(tail.getView().isStopped).toBe(false);
  });

  it('is taken up again even while the request that was given up ends', async () => {
    grow(30);
    const tail = makeTail();
    const opened = tail.open();
    tail.stop();
    await tail.again();
    await opened;
    expect(tail.getView()).toMatchObject({ isStopped: false, isLoaded: true, error: null });
    expect(seqs(tail)).toHaveLength(30);
  });

  it('starts with the newest stretch and goes on with what comes in, each event once', async () => {
    grow(3000);
    const tail = makeTail();
    await tail.open();
    expect(span(tail)).toEqual([2001, 3000, 1000]);
    const fresh = grow(3010);
    tail.apply(fresh, []);
    tail.apply(fresh.slice(5), []);
    expect(span(tail)).toEqual([2001, 3010, 1010]);
  });

  it('loses nothing that comes in while it opens', async () => {
    grow(50);
    const tail = makeTail();
    const opening = tail.open();
    tail.apply(grow(60), []);
    await opening;
    expect(span(tail)).toEqual([1, 60, 60]);
  });

  it('never keeps more than its capacity, and reads back what it let go', async () => {
    grow(1000);
    const tail = makeTail();
    await tail.open();
    tail.apply(grow(6200), []);
    expect(span(tail)).toEqual([1201, 6200, CAPACITY]);
    expect(tail.getView().hasOlder).toBe(true);
  });

  it('goes further back until it finds one, and ends at the start of the log', async () => {
    grow(20_000);
    log.forEach((each) => {
      if (each.seq !== 7) each.type = 'Other';
    });
    const tail = makeTail({ types: ['Failed'], job: null });
    await tail.open();
    expect(seqs(tail)).toEqual([7]);
    expect(tail.getView().hasOlder).toBe(false);
  });

  it('has the events of several types, of what was there and of what comes in', async () => {
    grow(40);
    log.forEach((each) => {
      if (each.seq % 4 === 0) each.type = 'Succeeded';
    });
    const tail = makeTail({ types: ['Created', 'Succeeded'], job: null });
    await tail.open();
    expect(seqs(tail)).toEqual([4, 8, 10, 12, 16, 20, 24, 28, 30, 32, 36, 40]);
    expect(reads.every(({ types }) => types?.join() === 'Created,Succeeded')).toBe(true);
    tail.apply(grow(50), []);
    expect(seqs(tail).slice(-2)).toEqual([40, 50]);
  });

  it('reads the events of one job in one go', async () => {
    grow(9000);
    const tail = makeTail({ types: [], job: 17 });
    await tail.open();
    expect(tail.getView().hasOlder).toBe(false);
    expect(reads.every((query) => query.job === 17)).toBe(true);
  });
});

describe('a held tail', () => {
  it('lets events wait and shows them when it is let go', async () => {
    grow(100);
    const tail = makeTail();
    await tail.open();
    tail.hold(true);
    tail.apply(grow(130), []);
    expect([span(tail), tail.getView().newer]).toEqual([[1, 100, 100], 30]);
    tail.hold(false);
    expect([span(tail), tail.getView().newer]).toEqual([[1, 130, 130], 0]);
  });

  it('makes room for older rows at the new end, and starts anew when it is let go', async () => {
    grow(7000);
    const tail = makeTail();
    await tail.open();
    tail.hold(true);
    for (let i = 0; i < 5; i++) await tail.older();
    expect(span(tail)).toEqual([1001, 6000, CAPACITY]);
    tail.apply(grow(7001), []);
    expect(tail.getView().newer).toBe(1);
    tail.hold(false);
    await new Promise((done) => setTimeout(done));
    expect(span(tail)).toEqual([6002, 7001, 1000]);
  });
});

describe('after a gap in the stream', () => {
  it('it reads on from where it ended', async () => {
    grow(100);
    const tail = makeTail();
    await tail.open();
    grow(2600);
    await tail.catchUp();
    expect(span(tail)).toEqual([1, 2600, 2600]);
  });
  it('it starts anew when it is too far behind', async () => {
    grow(100);
    const tail = makeTail();
    await tail.open();
    grow(9000);
    await tail.catchUp();
    expect(span(tail)).toEqual([8001, 9000, 1000]);
  });
  it('it says what went wrong and keeps what it has', async () => {
    grow(10);
    const tail = makeTail();
    await tail.open();
    log = new Proxy(log, {
      get: (of, name) => {
        if (name === 'length') throw new Error('gone');
        return Reflect.get(of, name);
      },
    });
    await tail.catchUp();
    expect([tail.getView().error?.message, seqs(tail).length]).toEqual(['gone', 10]);
  });
});

it('the names of jobs come from their creation and from the stream', async () => {
  grow(100);
  const tail = makeTail();
  await tail.open();
  expect(tail.nameOf(10)).toEqual({ type: 'type-10', queue: 'q' });
  tail.apply([], [makeJob({ id: 777, type: 'late', queue: 'z' })]);
  expect(tail.nameOf(777)).toEqual({ type: 'late', queue: 'z' });
});

describe('a tail that more comes into than can be read', () => {
  const burst = (size: number): JobEvent[] => {
    const from = log.length;
    for (let i = 1; i <= size; i++)
      log.push({ ...event(from + i), at: iso(from), type: i % 50 === 0 ? 'Failed' : 'Succeeded', job: i });
    return log.slice(from);
  };

  it('shows a sample with every failure, keeps all, and shows all when it is calm again', async () => {
    const tail = makeTail();
    await tail.open();
    const events = burst(1600);
    tail.apply(events, []);
    const { rows, all, sample } = tail.getView();
    expect(sample).toEqual({ oneIn: 16, only: 'Failed' });
    expect(all).toEqual(events);
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.length).toBeLessThan(200);
    expect(rows.filter(({ type }) => type === 'Failed')).toHaveLength(32);
    let told = 0;
    tail.onChange(() => told++);
    for (; now <= 6000; now += 500) tail.tick();
    expect(told).toBe(1);
    expect(tail.getView()).toMatchObject({ rows: events, sample: null });
  });

  it('leaves what is held as it is, counts exactly, and shows all of it when asked', async () => {
    const tail = makeTail();
    await tail.open();
    tail.apply(burst(800), []);
    tail.hold(true);
    const { rows } = tail.getView();
    now = 1500;
    tail.apply(burst(1700), []);
    for (; now <= 9000; now += 500) tail.tick();
    expect(tail.getView()).toMatchObject({ newer: 1700, sample: { oneIn: 8 } });
    expect(tail.getView().rows).toBe(rows);
    tail.showAll();
    expect(tail.getView()).toMatchObject({ newer: 1700, sample: null });
    expect(tail.getView().rows).toHaveLength(800);
    tail.hold(false);
    expect(tail.getView()).toMatchObject({ newer: 0, sample: null });
    expect(tail.getView().rows).toHaveLength(2500);
  });

  it('counts only what passes its filter', async () => {
    const tail = makeTail({ types: ['Failed'], job: null });
    await tail.open();
    tail.apply(burst(5000), []);
    expect(tail.getView().sample).toBeNull();
  });

  it('counts what is read after a gap by when it happened, and not what was there before', async () => {
    burst(3000);
    const tail = makeTail();
    await tail.open();
    await tail.older();
    expect(tail.getView().sample).toBeNull();
    for (let i = 0; i < 2000; i++)
      log.push({ ...event(log.length + 1), at: iso(i * 100), type: 'Succeeded' });
    await tail.catchUp();
    expect(tail.getView()).toMatchObject({ sample: null });
    burst(2000);
    await tail.catchUp();
    expect(tail.getView().sample?.oneIn).toBeGreaterThan(1);
  });
});
