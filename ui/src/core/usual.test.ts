import { describe, expect, it } from 'vitest';
import { iso, makeJob, T0 } from '../testing/jobs';
import { fillOf, usualTime } from './usual';

const ran = (ms: number) => makeJob({ started_at: iso(0), finished_at: iso(ms) });

describe('the usual time of a type', () => {
  it('is that of nearly all', () =>
    expect(usualTime([...Array.from({ length: 40 }, (_, i) => ran(100 + i)), ran(9000)])).toBe(138));
  it('is unknown of a few, and of those that were never started', () => {
    expect(usualTime([ran(1), ran(2), ran(3), ran(4)])).toBeNull();
    expect(usualTime(Array.from({ length: 9 }, () => makeJob()))).toBeNull();
  });
});

describe('a cell', () => {
  const job = makeJob({ started_at: iso(0) });
  it.each([
    [0, 0.05, false],
    [300, 0.3, false],
    [999, 1, false],
    [1001, 1, true],
  ])('after %d of 1000 ms', (ms, share, isOver) =>
    expect(fillOf(job, 1000, T0 + ms)).toEqual({ share, isOver }),
  );
  it('is full where nothing is known', () => {
    expect(fillOf(job, null, T0)).toEqual({ share: 1, isOver: false });
    expect(fillOf(null, 1000, T0)).toEqual({ share: 1, isOver: false });
  });
});
