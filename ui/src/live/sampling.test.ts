import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../api/types';
import { iso } from '../testing/jobs';
import { isShown, MOST_ROWS_A_SECOND, SampleRate } from './sampling';

const event = (seq: number, atMs: number, type = 'Succeeded', job = seq): JobEvent => ({
  seq,
  job,
  version: 1,
  generation: 1,
  type,
  at: iso(atMs),
  data: {},
});

let seq = 0;
/** So many events a second, in frames of 100 ms, as the server sends them. */
function flow(
  rate: SampleRate,
  perSecond: number,
  from: number,
  to: number,
  type = (_: number) => 'Succeeded',
) {
  for (let now = from; now < to; now += 100) {
    const size = perSecond / 10;
    const events = Array.from({ length: size }, (_, i) => event(++seq, now + (i * 100) / size, type(i)));
    rate.add(events, now + 100);
  }
}

describe('a sample', () => {
  it.each([2, 4, 8, 64])('of one in %d has that share of any stretch of the log', (oneIn) => {
    for (const from of [1, 1000, 2 ** 31 - 500, 2 ** 40]) {
      const stretch = Array.from({ length: 1024 }, (_, i) => event(from + i, 0));
      const shown = stretch.filter((each) => isShown(each, oneIn)).length;
      expect(Math.abs(shown - 1024 / oneIn)).toBeLessThanOrEqual(3);
    }
  });
  it('has every step of jobs that take turns, and holds all that a coarser one has', () => {
    const types = ['Created', 'Attempted', 'Failing', 'RetryScheduled'];
    const stretch = Array.from({ length: 400 }, (_, i) => event(i, 0, types[i % 4]));
    const fourth = stretch.filter((each) => isShown(each, 4));
    for (const type of types) expect(fourth.filter((each) => each.type === type).length).toBeGreaterThan(15);
    for (const each of stretch) if (isShown(each, 8)) expect(isShown(each, 4)).toBe(true);
  });
  it('has every failed attempt, dead letter and event of the system', () => {
    for (let i = 0; i < 500; i++) {
      expect(isShown(event(i, 0, 'Failed'), 64)).toBe(true);
      expect(isShown(event(i, 0, 'DeadLettered'), 64)).toBe(true);
      expect(isShown(event(i, 0, 'WorkerLost', 0), 64)).toBe(true);
    }
  });
  it('of one in one is everything', () => {
    for (let i = 0; i < 500; i++) expect(isShown(event(i, 0), 1)).toBe(true);
  });
});

describe('the share that is shown', () => {
  it.each([
    [MOST_ROWS_A_SECOND, 1],
    [300, 2],
    [800, 4],
    [1000, 8],
    [100_000, 64],
  ])('at %d rows a second is one in %d', (perSecond, oneIn) => {
    const rate = new SampleRate();
    flow(rate, perSecond, 0, 2000);
    expect(rate.oneIn).toBe(oneIn);
  });
  it('leaves room for what is never left out', () => {
    const rate = new SampleRate();
    flow(rate, 1000, 0, 2000, (i) => (i % 10 === 0 ? 'Failed' : 'Succeeded'));
    expect(rate.oneIn).toBe(16);
    const failures = new SampleRate();
    flow(failures, 5000, 0, 2000, () => 'Failed');
    expect(failures.oneIn).toBe(1);
  });
  it('is coarser at once, and all again when it has been calm, also when nothing comes any more', () => {
    const rate = new SampleRate();
    flow(rate, 100, 0, 2000);
    expect(rate.oneIn).toBe(1);
    flow(rate, 800, 2000, 2500);
    expect(rate.oneIn).toBeGreaterThan(1);
    flow(rate, 100, 2500, 5000);
    expect(rate.oneIn).toBeGreaterThan(1);
    flow(rate, 100, 5000, 8000);
    expect(rate.oneIn).toBe(1);

    flow(rate, 800, 8000, 10_000);
    expect(rate.oneIn).toBe(4);
    let changes = 0;
    for (let now = 10_000; now < 15_000; now += 500) if (rate.tick(now)) changes++;
    expect([rate.oneIn, changes]).toEqual([1, 2]);
  });
  it('does not come and go with the frames of a burst', () => {
    const rate = new SampleRate();
    for (let from = 0; from < 20_000; from += 2000) {
      flow(rate, 800, from, from + 1000);
      flow(rate, 100, from + 1000, from + 2000);
      expect(rate.oneIn).toBe(4);
    }
  });
  it('is not made coarser by what comes late, or is stamped by a clock that stands still', () => {
    const late = new SampleRate();
    late.add(
      Array.from({ length: 2000 }, (_, i) => event(++seq, i * 10)),
      60_000,
    );
    expect(late.oneIn).toBe(1);
    const still = new SampleRate();
    for (let now = 0; now < 10_000; now += 100) still.add([event(++seq, 0), event(++seq, 0)], now);
    expect(still.oneIn).toBe(1);
  });
});

describe('the filter that would show all', () => {
  it('is failures where there are any, else what comes least, and stays named', () => {
    const rate = new SampleRate();
    flow(rate, 1000, 0, 1000, (i) => (i === 0 ? 'Progressed' : i < 3 ? 'Extended' : 'Succeeded'));
    expect(rate.only).toBe('Progressed');
    flow(rate, 1000, 1000, 3000, (i) => (i === 0 ? 'Failed' : 'Succeeded'));
    expect(rate.only).toBe('Progressed');
    flow(rate, 1000, 3000, 5000, (i) => (i % 2 === 0 ? 'Failed' : 'Progressed'));
    expect(rate.only).toBe('Failed');
  });
  it('is none where only one type comes, or all is shown', () => {
    const rate = new SampleRate();
    flow(rate, 1000, 0, 1000);
    expect(rate.only).toBeNull();
    flow(rate, 100, 1000, 2000, () => 'Failed');
    for (let now = 2000; now < 8000; now += 500) rate.tick(now);
    expect([rate.oneIn, rate.only]).toEqual([1, null]);
  });
});
