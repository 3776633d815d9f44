import { describe, expect, it } from 'vitest';
import { T0 } from '../testing/jobs';
import { picked, zoomFrom, zoomParameters, zoomPlan } from './zoom';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('a stretch in the address', () => {
  it('comes back as it went', () => {
    const zoom = { from: T0 - 5 * MINUTE, to: T0 - MINUTE };
    expect(zoomFrom(zoomParameters(zoom), T0)).toEqual(zoom);
  });
  it.each([
    [{}],
    [{ from: 'yesterday', to: '2026-11-23T14:00:00Z' }],
    [{ from: '2026-11-23T14:00:00Z', to: '2026-11-23T13:00:00Z' }],
    [{ from: '2026-11-23T16:00:00Z', to: '2026-11-23T17:00:00Z' }],
    [{ from: '2025-11-23T16:00:00Z', to: '2026-11-23T14:00:00Z' }],
  ])('%j is none', (parameters) => expect(zoomFrom(parameters, T0)).toBeNull());
});

describe('what a stretch is drawn of', () => {
  it.each([
    ['two minutes ago', 2 * MINUTE, MINUTE, 'second', 1000, 'second'],
    ['twenty minutes of the last hour', 30 * MINUTE, 10 * MINUTE, 'second', 10_000, 'minute'],
    ['five minutes of this morning', 5 * HOUR, 5 * HOUR - 5 * MINUTE, 'minute', MINUTE, 'minute'],
    ['a day of last week', 200 * HOUR, 176 * HOUR, 'hour', HOUR, 'hour'],
  ])('%s', (_, from, to, resolution, barMs, latency) => {
    const { plan } = zoomPlan({ from: T0 - from, to: T0 - to }, T0);
    expect([plan.resolution, plan.barMs, plan.latency]).toEqual([resolution, barMs, latency]);
  });
  it('has its ends in whole bars', () => {
    const { plan, to } = zoomPlan({ from: T0 - 1_234_567, to: T0 - 234_567 }, T0);
    expect([plan.words, to % plan.barMs, plan.spanMs % plan.barMs]).toEqual(['every 10 s', 0, 0]);
    expect(to - plan.spanMs).toBeLessThanOrEqual(T0 - 1_234_567);
  });
});

describe('what is picked', () => {
  const stretch = { from: T0, to: T0 + 100_000 };
  it('is the same from either side', () => {
    expect(picked(stretch, 0.2, 0.5)).toEqual({ from: T0 + 20_000, to: T0 + 50_000 });
    expect(picked(stretch, 0.5, 0.2)).toEqual(picked(stretch, 0.2, 0.5));
  });
  it('is nothing where the pointer hardly moved', () => expect(picked(stretch, 0.5, 0.51)).toBeNull());
});
