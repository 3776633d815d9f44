import { describe, expect, it } from 'vitest';
import { makeEvent } from '../testing/jobs';
import { makeSlot } from '../testing/slots';
import {
  endAround,
  endUnder,
  flagGroups,
  flagOf,
  mapPlan,
  shareOf,
  slotsFor,
  stepFrom,
  stretchOf,
  timeAt,
  trackBars,
  zoomed,
} from './timeline';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-11-23T14:06:58.000Z');

describe('the stretch of time that is shown', () => {
  it('ends with the bar that holds now, or where it was held', () => {
    const live = stretchOf('15m', null, NOW);
    expect(live.to).toBe(Date.parse('2026-11-23T14:07:00.000Z'));
    expect(live.to - live.from).toBe(15 * MINUTE);
    expect(stretchOf('1h', NOW - HOUR, NOW)).toEqual({ from: NOW - 2 * HOUR, to: NOW - HOUR });
  });
  it('stays while the playhead is in it', () => {
    expect(endAround('15m', NOW, NOW - 10 * MINUTE, NOW)).toBe(NOW);
  });
  it('goes where the playhead is, but not beyond now', () => {
    expect(endAround('15m', NOW, NOW - HOUR, NOW)).toBe(NOW - HOUR + 7.5 * MINUTE);
    expect(endAround('15m', NOW - HOUR, NOW - MINUTE, NOW)).toBe(stretchOf('15m', null, NOW).to);
  });
  it('gets wider and narrower up to its ends', () => {
    expect([zoomed('15m', 1), zoomed('15m', -1), zoomed('24h', 1)]).toEqual(['1h', undefined, undefined]);
  });
  it('has the finest slots that are still kept', () => {
    expect(slotsFor('15m', NOW - 15 * MINUTE, NOW)).toEqual({ resolution: 'second', barMs: 5000 });
    expect(slotsFor('15m', NOW - 2 * HOUR, NOW)).toEqual({ resolution: 'minute', barMs: MINUTE });
    expect(slotsFor('24h', NOW - 24 * HOUR, NOW)).toEqual({ resolution: 'minute', barMs: 10 * MINUTE });
    expect(slotsFor('24h', NOW - 40 * HOUR, NOW)).toEqual({ resolution: 'hour', barMs: HOUR });
  });
});

describe('the track', () => {
  const stretch = { from: 100_000, to: 200_000 };
  it('has a bar for each part, also where nothing happened', () => {
    const slots = [makeSlot(100_000, { created: 2 }), makeSlot(155_000, { failed: 3, dead_lettered: 1 })];
    const bars = trackBars(slots, stretch, 50_000);
    expect(bars).toEqual([
      { at: 100_000, all: 2, failed: 0, dead: 0, share: 0 },
      { at: 150_000, all: 4, failed: 3, dead: 1, share: 0.5 },
    ]);
  });
  it('has times for places and places for times; later than now is now', () => {
    expect(shareOf(stretch, 125_000)).toBe(0.25);
    expect(timeAt(stretch, 0.25, 500_000)).toBe(125_000);
    expect(timeAt(stretch, 1.7, 500_000)).toBe(200_000);
    expect(timeAt(stretch, 0.9, 150_000)).toBe(150_000);
  });
});

describe('a step', () => {
  const events = [3, 4, 8, 9].map((seq) => ({ ...makeEvent('Created', 0), seq }));
  it.each([
    [8, -1, 4],
    [8, 1, 9],
    [6, -1, 3],
    [6, 1, 8],
    [8, -2, 3],
  ])('from %d by %d leads to %d, over what has left the log', (seq, by, to) =>
    expect(stepFrom(events, seq, by, 50)).toBe(to),
  );
  it('goes on by numbers beyond the events at hand, and stops at both ends', () => {
    expect(stepFrom(events, 9, 10, 50)).toBe(19);
    expect(stepFrom(events, 9, 100, 50)).toBe(50);
    expect(stepFrom(events, 3, -10, 50)).toBe(0);
    expect(stepFrom([], 2, -1, 50)).toBe(1);
  });
});

it('a longer stretch under the pointer keeps its time there, but shows nothing beyond now', () => {
  const time = NOW - 10 * HOUR;
  const to = endUnder('1h', time, 0.25, NOW);
  expect(shareOf({ from: to - HOUR, to }, time)).toBeCloseTo(0.25);
  expect(endUnder('6h', NOW - HOUR, 0, NOW)).toBe(stretchOf('6h', null, NOW).to);
});

describe('the whole log', () => {
  const plan = (ageMs: number) => mapPlan(NOW - ageMs, NOW);
  it('is not shown while one track holds it', () => expect(plan(HOUR - 1)).toBeNull());
  it.each([
    [5 * HOUR, 'minute', 2 * MINUTE, 151],
    [30 * HOUR, 'hour', HOUR, 31],
    [20 * 24 * HOUR, 'hour', 3 * HOUR, 161],
    [400 * 24 * HOUR, 'hour', 5 * HOUR, 149],
  ])('of %d ms is made of %s slots', (age, resolution, barMs, bars) => {
    const found = plan(age);
    if (!found) throw new Error('no plan');
    expect([found.resolution, found.barMs, (found.to - found.from) / barMs]).toEqual([
      resolution,
      barMs,
      bars,
    ]);
    expect(found.to).toBeGreaterThan(NOW);
  });
});

describe('flags', () => {
  const event = (type: string, data = {}) => ({ ...makeEvent(type, 0, data), job: 0, seq: 7 });
  it.each([
    [event('QueuePaused', { queue: 'imports' }), 'imports paused'],
    [event('QueueLimited', { queue: 'imports', concurrency: 4 }), 'imports limited to 4'],
    [event('QueueLimited', { queue: 'imports', concurrency: null }), 'imports without limit'],
    [event('WorkerLost', { worker: 'host-1' }), 'host-1 lost'],
  ])('say what happened', (given, text) =>
    expect(flagOf(given, 5)).toMatchObject({ seq: 7, time: 5, text, type: given.type }),
  );
  it('know what they are about', () => {
    const of = (type: string, data = {}) => flagOf(event(type, data), 5)?.of;
    expect([
      of('QueuePaused', { queue: 'imports' }),
      of('PolicySet', { name: 'gentle' }),
      of('ServerStarted'),
    ]).toEqual(['imports', 'gentle', '']);
  });
  it('are not for everything', () => expect(flagOf(event('BatchOpened'), 5)).toBeNull());
  it('share a place when they are close, and know the room beside them', () => {
    const flags = [-5, 10, 11, 60].map((time) => ({ seq: time, time, text: '', type: '', of: '' }));
    const groups = flagGroups(flags, { from: 0, to: 100 }, 0.03);
    expect(groups.map(({ share, flags: each, room }) => [share, each.length, room])).toEqual([
      [0.1, 2, 0.5],
      [0.6, 1, 0.4],
    ]);
  });
});
