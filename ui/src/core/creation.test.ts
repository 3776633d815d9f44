import { describe, expect, it } from 'vitest';
import { createdWithin, creationBars, creationWords } from './creation';

const until = '2026-11-23T12:04:00Z';
const from = (minute: number): string => `2026-11-23T12:0${minute}:00Z`;
const histogram = (...jobs: number[]) => ({
  until,
  bins: jobs.map((n, i) => ({ from: from(i), jobs: n, estimated: n > 100 })),
});

describe('when jobs were created', () => {
  it('never has more in the parts than in the whole', () => {
    const bars = creationBars({
      all: histogram(5, 3, 0, 120),
      retrying: histogram(1, 3, 0, 0),
      failed: histogram(2, 1, 1, 0),
    });
    expect(bars.map(({ all, retrying, failed }) => [all, retrying, failed])).toEqual([
      [5, 1, 2],
      [3, 2, 1],
      [0, 0, 0],
      [120, 0, 0],
    ]);
    expect(bars.map(({ isEstimated }) => isEstimated)).toEqual([false, false, false, true]);
    const plain = creationBars({ all: histogram(1), retrying: null, failed: null });
    expect(plain).toEqual([{ from: from(0), all: 1, retrying: 0, failed: 0, isEstimated: false }]);
  });

  it('is narrowed to the whole bars that are dragged over, and stays open at the end', () => {
    const bars = creationBars({ all: histogram(1, 1, 1, 1), retrying: null, failed: null });
    expect(createdWithin(bars, 0.3, 0.6)).toEqual({ after: from(1), before: from(3) });
    expect(createdWithin(bars, 0.6, 0.3)).toEqual({ after: from(1), before: from(3) });
    expect(createdWithin(bars, 0.8, 1.4)).toEqual({ after: from(3), before: null });
    expect(createdWithin(bars, -0.2, 0.1)).toEqual({ after: from(0), before: from(1) });
    expect(createdWithin(bars, 0.5, 0.502)).toBeNull();
    expect(createdWithin([], 0, 1)).toBeNull();
  });

  it('is said in a sentence', () => {
    const words = (...jobs: number[]): string => {
      const bars = creationBars({ all: histogram(...jobs), retrying: null, failed: null });
      return creationWords(bars, until, (at) => at.slice(11, 16));
    };
    expect(words(1, 5, 2, 0)).toBe(
      'When 8 matching jobs were created: most of them, 5, between 12:01 and 12:02',
    );
    expect(words(0, 0, 0, 250)).toBe('When about 250 matching jobs were created: between 12:03 and 12:04');
    expect(words(0, 0)).toBe('When 0 matching jobs were created');
  });
});
