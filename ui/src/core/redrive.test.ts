import { describe, expect, it } from 'vitest';
import { iso, makeJob } from '../testing/jobs';
import { meanRun, redriveLoad } from './redrive';

it('the run time of the jobs is that of their last attempts', () => {
  const ran = (ms: number) => makeJob({ started_at: iso(0), finished_at: iso(ms) });
  expect([meanRun([ran(100), ran(300), makeJob()]), meanRun([makeJob()])]).toEqual([200, null]);
});

describe('the load of a redrive', () => {
  it('is the pace times the run time while it goes on, and nothing after the last one has ended', () => {
    const load = redriveLoad(200, 20, 1000);
    expect([load.peak, load.sentMs, Math.round(load.spanMs)]).toEqual([20, 10_000, 12_650]);
    const [first = 0, middle = 0, last = 0] = [load.bars[0], load.bars[24], load.bars.at(-1)];
    expect(first).toBeLessThan(5);
    expect(middle).toBeCloseTo(20);
    expect(last).toBe(0);
  });
  it('is never more than all of them', () => expect(redriveLoad(5, 100, 60_000).peak).toBe(5));
});
