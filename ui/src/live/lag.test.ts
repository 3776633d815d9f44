import { expect, it } from 'vitest';
import { iso, makeEvent, makeJob, T0 } from '../testing/jobs';
import type { Frame } from './frames';
import { LagMeter } from './lag';

const frame = (part: Partial<Frame>): Frame => ({ prev: 0, seq: 1, jobs: [], events: [], ...part });
const event = (offsetMs: number) => ({ value: makeEvent('Created', offsetMs), text: '' });

it('the lag is what a way takes longer than the shortest one, whatever the clocks say', () => {
  const meter = new LagMeter();
  const skew = 3_600_000;
  meter.take(frame({ events: [event(0)] }), T0 + skew + 40);
  expect(meter.read(T0 + skew + 50)).toBe(0);
  meter.take(frame({ events: [event(100)] }), T0 + skew + 2140);
  expect(meter.read(T0 + skew + 2200)).toBe(2000);
  meter.take(frame({ jobs: [{ value: makeJob({ updated_at: iso(3000) }), text: '' }] }), T0 + skew + 3045);
  expect(meter.read(T0 + skew + 3050)).toBe(5);
});

it('there is none of frames without a time, and none when nothing came in lately', () => {
  const meter = new LagMeter();
  meter.take(frame({}), T0);
  meter.take(frame({ events: [event(0)] }), T0);
  meter.take(frame({ events: [event(0)] }), T0 + 4000);
  expect([meter.read(T0 + 4000), meter.read(T0 + 9001)]).toEqual([4000, 0]);
});
