import { describe, expect, it } from 'vitest';
import { forecast } from './forecast';
import { outcomeOf, planSteps, readPlan } from './plan';
import { DEFAULT_POLICY, delayRange, policyName, policyWords, rangeWords } from './policy';

describe('a failure plan', () => {
  it('lets force win over sequence and sequence over fail_times', () => {
    expect(readPlan({ force: 'fail', sequence: ['success'] })).toEqual({ kind: 'always', outcome: 'fail' });
    expect(readPlan({ sequence: ['success'], fail_times: 3 }).kind).toBe('sequence');
    expect(readPlan({ order: 1 })).toEqual({ kind: 'random', rate: 0.8, seed: null });
  });
  it('repeats the last step of a sequence', () => {
    const plan = readPlan({ sequence: ['timeout', 'success'] });
    expect([1, 2, 3].map((n) => outcomeOf(plan, n))).toEqual(['timeout', 'success', 'success']);
  });
  it('shows its steps up to the first success, and none when chance decides', () => {
    expect(planSteps(readPlan({ fail_times: 2 }), 5)).toEqual(['fail', 'fail', 'success']);
    expect(planSteps(readPlan({}), 5)).toEqual([]);
  });
});

describe('a policy', () => {
  it('doubles up to the cap, and jitter only adds', () => {
    const policy = { ...DEFAULT_POLICY, base_ms: 1000 };
    expect(delayRange(policy, 6)).toEqual({ min: 32_000, max: 35_200 });
    expect(delayRange(policy, 9).min).toBe(60_000);
    expect(delayRange({ ...policy, kind: 'linear' }, 3).min).toBe(3000);
    expect(delayRange({ ...policy, kind: 'fixed' }, 3).min).toBe(1000);
    expect(delayRange({ ...policy, kind: 'faktory' }, 1)).toEqual({ min: 15_000, max: 44_000 });
    expect(delayRange({ ...policy, kind: 'faktory' }, 4)).toEqual({ min: 96_000, max: 212_000 });
    expect(policyWords({ ...policy, kind: 'faktory' })).toBe('faktory');
    expect([policyName({ name: 'exp-jitter@7' }), policyName({})]).toEqual(['exp-jitter v7', null]);
  });
  it('reads in words', () => {
    expect(policyWords({ ...DEFAULT_POLICY, base_ms: 1000 })).toBe(
      'exponential, base 1 s, cap 60 s, jitter 0.1',
    );
    expect(policyWords({ ...DEFAULT_POLICY, kind: 'fixed', base_ms: 60_000 })).toBe(
      'fixed, base 1 m, jitter 0.1',
    );
    expect(policyWords({ ...DEFAULT_POLICY, kind: 'fixed', base_ms: 20_500, jitter: 0 })).toBe(
      'fixed, base 20.5 s',
    );
    expect(rangeWords({ min: 32_000, max: 35_200 })).toBe('32 to 35 s');
    expect(rangeWords({ min: 500, max: 550 })).toBe('500 to 550 ms');
    expect(rangeWords({ min: 1000, max: 1000 })).toBe('1.0 s');
  });
});

describe('the forecast', () => {
  it('adds runs and waits up to the planned success', () => {
    const { ticks, sentence } = forecast(
      readPlan({ fail_times: 2 }),
      { ...DEFAULT_POLICY, jitter: 0 },
      5,
      500,
    );
    expect(ticks).toBe('ffo');
    expect(sentence).toBe('Succeeds on attempt 3, 3.0 s after it starts.');
  });
  it('says when every attempt fails', () => {
    expect(forecast(readPlan({ fail_times: 9 }), DEFAULT_POLICY, 2, 500).sentence).toBe(
      'All 2 attempts fail; it is Failed 1.5 to 1.6 s after it starts.',
    );
  });
  it('gives odds when chance decides', () => {
    expect(forecast(readPlan({}), DEFAULT_POLICY, 3, 500).sentence).toMatch(
      /80\.0 %, within 3 attempts with 99\.20 %/,
    );
  });
});
