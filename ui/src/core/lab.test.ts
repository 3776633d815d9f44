import { describe, expect, it } from 'vitest';
import type { LabEvent, LabReport } from '../api/generated';
import { rateTicks } from './axis';
import { figuresOf } from './labFigures';
import { laneOf, stretchOf } from './labJob';
import { bodyOf, choiceOf, codeOf, type Examples, ownCode } from './labPolicy';
import { parseSpan, virtualTicks, virtualTime } from './labTime';
import { DEFAULT_POLICY } from './policy';

const S = 1_000_000;

describe('virtual time', () => {
  it('is minutes and seconds, and hours when there are any', () => {
    expect(virtualTime(125 * S)).toBe('2:05');
    expect(virtualTime(3725 * S)).toBe('1:02:05');
    expect(virtualTime(61_234_567, 3)).toBe('1:01.234');
  });
  it('reads durations as scenarios write them', () => {
    expect(parseSpan('1h30m')).toBe(5400 * S);
    expect(parseSpan('1.5s')).toBe(1_500_000);
    expect(parseSpan('0')).toBe(0);
    for (const wrong of ['', '10', '5 min', '-1s', 'h']) expect(parseSpan(wrong)).toBeNull();
  });
  it('has round ticks, and the end', () => {
    expect(virtualTicks(600 * S).map(({ text }) => text)).toEqual([
      '0:00',
      '2:00',
      '4:00',
      '6:00',
      '8:00',
      '10:00',
    ]);
    expect(virtualTicks(90 * S, 4).at(-1)).toEqual({ share: 1, text: '1:30' });
  });
});

describe('the axis of rates', () => {
  it('may end below one', () => {
    expect(rateTicks(0.5)).toEqual([0, 0.2, 0.4, 0.6]);
    expect(rateTicks(0.06)).toEqual([0, 0.02, 0.04, 0.06]);
    expect(rateTicks(130)).toEqual([0, 50, 100, 150]);
    expect(rateTicks(0)).toEqual([0, 1]);
  });
});

const EXAMPLES: Examples = { hasty: { ...DEFAULT_POLICY, kind: 'fixed', base_ms: 10_000, jitter: 0 } };

describe('a choice of policies', () => {
  it('is short text, and comes back from a run as the same text', () => {
    for (const code of ['scenario', 'patient', 'example.hasty', 'fixed,5000,2,60000,0']) {
      const choice = choiceOf(code, EXAMPLES, ['patient']);
      if (!choice) throw new Error(code);
      const body = bodyOf(choice, code);
      const policy =
        typeof body === 'string'
          ? null
          : { ...DEFAULT_POLICY, ...body, kind: choice.policy?.kind ?? 'fixed' };
      expect(codeOf({ name: choice.name, policy }, EXAMPLES)).toBe(code);
    }
    expect(codeOf(null, EXAMPLES)).toBe('none');
  });
  it('that is not known is none', () => {
    for (const code of ['patient', 'example.none', 'wild,1,2,3,4', 'fixed,1,2', 'fixed,a,2,3,0'])
      expect(choiceOf(code, EXAMPLES, [])).toBeNull();
  });
  it('names an example, and not what was made here', () => {
    const named = choiceOf('example.hasty', EXAMPLES, []);
    const own = choiceOf(ownCode(DEFAULT_POLICY), EXAMPLES, []);
    if (!named || !own) throw new Error('not known');
    expect(bodyOf(named, 'example.hasty')).toMatchObject({ name: 'hasty', kind: 'fixed' });
    expect(bodyOf(own, ownCode(DEFAULT_POLICY))).not.toHaveProperty('name');
  });
});

const report = (part: Partial<LabReport['figures']>): LabReport =>
  ({
    figures: {
      jobs: 1000,
      by_status: { SUCCEEDED: 990, FAILED: 10 },
      attempts: 1500,
      attempts_peak: 40,
      unfinished_peak: 300,
      calm_after_us: null,
      time_to_success_us: { count: 990, p50: 1, p95: 12_500_000, p99: 1, max: 1 },
      ...part,
    },
  }) as LabReport;

describe('six figures', () => {
  const better = (a: LabReport, b: LabReport) =>
    Object.fromEntries(figuresOf([a, b], true).map(({ name, better }) => [name, better]));
  it('show both sides, and which is better', () => {
    const b = report({
      by_status: { SUCCEEDED: 1000, FAILED: 0 } as LabReport['figures']['by_status'],
      attempts_peak: 20,
      calm_after_us: 85 * S,
      time_to_success_us: { count: 1000, p50: 1, p95: 121 * S, p99: 1, max: 1 },
    });
    expect(better(report({}), b)).toEqual({
      Succeeded: 1,
      'Dead letters': 1,
      Attempts: null,
      'Peak attempts': 1,
      'Calm again after': 1,
      'Time to success p95': 0,
    });
    expect(figuresOf([report({}), b], true)[0]?.values).toEqual(['99.0 %', '100 %']);
    expect(figuresOf([report({}), b], true)[4]?.values).toEqual(['never', '1 m 25 s']);
  });
  it('are six without an outage too, and none is better when they read the same', () => {
    const figures = figuresOf([report({}), report({ attempts: 1500.2 })], false);
    expect(figures).toHaveLength(6);
    expect(figures[4]?.name).toBe('Unfinished, at most');
    expect(figures.every(({ better }) => better === null)).toBe(true);
  });
  it('a side without a success is worse, whatever its time', () => {
    const none = report({ time_to_success_us: { count: 0, p50: 0, p95: 0, p99: 0, max: 0 } });
    expect(better(none, report({}))['Time to success p95']).toBe(1);
  });
});

const events = (...list: [number, string, string?][]): LabEvent[] =>
  list.map(([at, type, text = '']) => ({ at_us: at * S, type, text }));

describe('a job as a lane', () => {
  it('has its attempts, and what became of it', () => {
    const lane = laneOf(
      events(
        [10, 'Created', 'type charge.capture, queue payments, priority 5, at most 3 attempts, payload {}'],
        [11, 'Attempted', 'attempt 1'],
        [12, 'Failed'],
        [12, 'RetryScheduled'],
        [20, 'Attempted', 'attempt 2'],
        [21, 'Failed'],
        [21, 'DeadLettered'],
      ),
    );
    expect(lane).toEqual({
      createdAt: 10 * S,
      type: 'charge.capture',
      marks: [
        { from: 11 * S, to: 12 * S, end: 'failed' },
        { from: 20 * S, to: 21 * S, end: 'failed' },
      ],
      ended: { at: 21 * S, status: 'FAILED' },
    });
    const stretch = stretchOf([lane]);
    expect(stretch.from).toBeLessThan(10 * S);
    expect(stretch.to).toBeGreaterThan(21 * S);
  });
  it('may not have ended', () => {
    const lane = laneOf(events([0, 'Created', 'type a, queue b'], [1, 'Attempted']));
    expect(lane.ended).toBeNull();
    expect(lane.marks).toEqual([{ from: S, to: null, end: 'other' }]);
  });
});
