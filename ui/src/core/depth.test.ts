import { describe, expect, it } from 'vitest';
import type { Queue } from '../api/types';
import { iso, makeCounts, makeDepth, makeJob, T0 } from '../testing/jobs';
import {
  decades,
  depthsOf,
  emptyingWords,
  endedBars,
  firstWaits,
  quantile,
  queuedIn,
  reachOf,
  sampleTimes,
  typeShares,
  waitingSince,
} from './depth';

const MINUTE = 60_000;

const queue = (part: Partial<Queue> = {}): Queue => ({
  name: 'mails',
  paused: false,
  pause_reason: '',
  concurrency: null,
  running: 0,
  ready: 0,
  by_status: makeCounts(),
  ...part,
});

describe('the moments that are looked at', () => {
  it('are round times of the last hour, up to now', () => {
    const times = sampleTimes(T0 + 61_000, reachOf(1000));
    expect([times.length, times[0], times.at(-1)]).toEqual([31, T0 - 60 * MINUTE, T0]);
  });
  it.each([
    [500_000, 60, false],
    [600_000, 15, false],
    [3_600_000, 5, false],
    [20_000_000, 1, false],
    [40_000_000, 1, true],
  ])('of %i events in an hour reach back %i minutes', (events, minutes, isTooMuch) =>
    expect(reachOf(events)).toEqual({ spanMs: minutes * MINUTE, stepMs: minutes * 2000, isTooMuch }),
  );
});

it('a queue that was not there yet was empty, and the present comes last', () => {
  const then = {
    ...queue({ concurrency: 4 }),
    by_status: makeCounts({ QUEUED: 7, DISCARDED: 1, FAILED: 2 }),
  };
  const samples = [
    { at: T0 - 120_000, queues: [] },
    { at: T0, queues: [then] },
  ];
  const depths = depthsOf(samples, queue({ by_status: makeCounts({ RUNNING: 3 }) }), T0 + 5);
  expect(
    depths.map(({ at, queued, running, limit, failed }) => [at - T0, queued, running, limit, failed]),
  ).toEqual([
    [-120_000, 0, 0, null, 0],
    [0, 7, 0, 4, 3],
    [5, 0, 3, null, 0],
  ]);
});

it('the backlog of a moment is that of all queues, and unknown before there was one', () => {
  const then = (name: string, n: number) => ({ ...queue({ name }), by_status: makeCounts({ QUEUED: n }) });
  expect([
    queuedIn({ at: T0, queues: [] }),
    queuedIn({ at: T0, queues: [then('a', 3), then('b', 4)] }),
  ]).toEqual([null, 7]);
});

it('what ended between two moments is counted; a redrive is no job less, and a gap no bar', () => {
  const depths = [
    makeDepth(0),
    makeDepth(2, { succeeded: 5, failed: 2 }),
    makeDepth(4, { succeeded: 9, failed: 1 }),
    makeDepth(10, { succeeded: 100 }),
  ];
  expect(endedBars(depths, 2 * MINUTE).map(({ succeeded, lost }) => [succeeded, lost])).toEqual([
    [5, 2],
    [4, 0],
  ]);
});

describe('the time until a queue is empty', () => {
  it.each([
    [
      [makeDepth(0, { queued: 40 }), makeDepth(2, { queued: 20 })],
      false,
      'empty in about 2 m 00 s at this pace',
    ],
    [[makeDepth(0, { queued: 40 }), makeDepth(2, { queued: 60 })], false, 'grows by 10 jobs a minute'],
    [[makeDepth(0, { queued: 40 }), makeDepth(2, { queued: 40 })], false, 'neither grows nor shrinks'],
    [[makeDepth(0, { queued: 40 }), makeDepth(2, { queued: 20 })], true, 'empties once it is resumed'],
    [[makeDepth(0, { queued: 40 }), makeDepth(2)], false, null],
    [[makeDepth(2, { queued: 1 })], false, null],
  ])('%#', (depths, paused, words) => expect(emptyingWords(depths, queue({ paused }))).toBe(words));
});

describe('what the newest jobs tell', () => {
  const run = (waitMs: number, part = {}) =>
    makeJob({ created_at: iso(0), started_at: iso(waitMs), executions: 1, ...part });
  it('the waits of first attempts, from when they might start', () => {
    const jobs = [run(40), run(2000, { run_at: iso(1500) }), run(9000, { executions: 2 }), makeJob()];
    expect(firstWaits(jobs)).toEqual([40, 500]);
  });
  it('a share of them', () => {
    expect([quantile([], 0.5), quantile([3, 1, 2], 0.5), quantile([1, 2, 3], 0.99)]).toEqual([null, 2, 3]);
  });
  it('how many lie in each power of ten, empty ones between them too', () =>
    expect(decades([0.2, 3, 1500])).toEqual([
      { from: 0, n: 1 },
      { from: 1, n: 1 },
      { from: 10, n: 0 },
      { from: 100, n: 0 },
      { from: 1000, n: 1 },
    ]));
  it('since when a job waits: not from before it was due or changed last', () =>
    expect(waitingSince(makeJob({ run_at: iso(70), updated_at: iso(30) }))).toBe(T0 + 70));
  it('the types by share', () =>
    expect(typeShares([makeJob({ type: 'b' }), makeJob({ type: 'a' }), makeJob({ type: 'b' })])).toEqual([
      { name: 'b', share: 2 / 3 },
      { name: 'a', share: 1 / 3 },
    ]));
});
