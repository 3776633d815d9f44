import { describe, expect, it } from 'vitest';
import { makeSlot } from '../testing/slots';
import { countTicks, logTicks, timeTicks } from './axis';
import { barsOf, mergeSlots, successShare, sumsOf } from './history';

describe('bars of attempts', () => {
  it('are all there, the last one holding now, and tell a retry from a loss', () => {
    const slots = [
      makeSlot(20_000, { succeeded: 2 }),
      makeSlot(29_000, { succeeded: 1, failed: 3, retried: 2 }),
    ];
    expect(barsOf(slots, 31_500, 30_000, 10_000)).toEqual([
      { at: 10_000, succeeded: 0, retried: 0, lost: 0 },
      { at: 20_000, succeeded: 3, retried: 2, lost: 1 },
      { at: 30_000, succeeded: 0, retried: 0, lost: 0 },
    ]);
  });
  it('leave out what is older', () => {
    expect(
      barsOf([makeSlot(0, { succeeded: 9 })], 60_000, 20_000, 10_000).every((b) => b.succeeded === 0),
    ).toBe(true);
  });
});

describe('slots that are fetched again', () => {
  it('replace the known ones from their first on', () => {
    const merged = mergeSlots(
      [makeSlot(1), makeSlot(2), makeSlot(3)],
      [makeSlot(3, { created: 5 }), makeSlot(4)],
      2,
    );
    expect(merged.map(({ at, created }) => [at, created])).toEqual([
      [2, 0],
      [3, 5],
      [4, 0],
    ]);
  });
  it('change nothing when there are none', () => expect(mergeSlots([makeSlot(1)], [], 0)).toHaveLength(1));
});

describe('sums', () => {
  it('are of a stretch, null where nothing is known', () => {
    const slots = [makeSlot(0, { succeeded: 1 }), makeSlot(10, { succeeded: 3, failed: 1 }), makeSlot(20)];
    expect(sumsOf(slots, 5, 20)).toMatchObject({ succeeded: 3, failed: 1 });
    expect(sumsOf(slots, 50, 60)).toBeNull();
  });
  it('have no share of nothing', () => {
    expect(successShare({ succeeded: 0, failed: 0 })).toBeNull();
    expect(successShare({ succeeded: 3, failed: 1 })).toBe(0.75);
  });
});

describe('an axis', () => {
  it.each([
    [0, [0, 1]],
    [2, [0, 1, 2]],
    [7, [0, 2, 4, 6, 8]],
    [283, [0, 100, 200, 300]],
  ])('of counts up to %d', (max, ticks) => expect(countTicks(max)).toEqual(ticks));
  it('of logarithms has the powers of ten around', () =>
    expect(logTicks(12, 1840)).toEqual([10, 100, 1000, 10_000]));
  it('of time has round times and ends now', () => {
    const to = Date.parse('2026-11-23T14:06:58Z');
    expect(timeTicks(to - 3_600_000, to, 'UTC').map((tick) => tick.text)).toEqual([
      '13:10',
      '13:20',
      '13:30',
      '13:40',
      '13:50',
      'now',
    ]);
  });
});
