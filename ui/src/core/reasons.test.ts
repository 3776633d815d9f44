import { describe, expect, it } from 'vitest';
import type { JobEvent, JsonObject } from '../api/types';
import { makeEvent, makeJob } from '../testing/jobs';
import { DEFAULT_POLICY } from './policy';
import { delayReason, failReason } from './reasons';

const failed = (ms: number, attempt: number, data: JsonObject = {}): JobEvent =>
  makeEvent('Failed', ms, {
    attempt,
    cause: 'error',
    error: { type: 'GatewayTimeout', message: 'no answer' },
    ...data,
  });

describe('why a job waits so long for its retry', () => {
  const retrying = makeJob({ status: 'RETRYING', retry: { ...DEFAULT_POLICY, base_ms: 1000 } });
  const failure = failed(0, 4);
  const scheduled = makeEvent('RetryScheduled', 0, { delay_ms: 8310, rule: 'exponential' });
  it('is told by its failure and what was scheduled then', () =>
    expect(delayReason(retrying, [failure, scheduled])).toEqual({
      sentence: 'Attempt 5 comes 8.31 s after the failure: 8.00 s by backoff, 310 ms by jitter.',
      parts: [
        { by: 'backoff', name: '', ms: 8000 },
        { by: 'jitter', name: '', ms: 310 },
      ],
      attempt: 4,
      failed: failure.seq,
      scheduled: scheduled.seq,
    }));
  it('is not asked of a job that was moved since, or that does not wait', () => {
    const moved = makeEvent('Rescheduled', 500, { by: 'ops' });
    expect(delayReason(retrying, [failure, scheduled, moved])).toBeNull();
    expect(delayReason(makeJob({ status: 'QUEUED' }), [failure, scheduled])).toBeNull();
  });
});

describe('why a job is a dead letter', () => {
  const of = (
    reason: string,
    by: string,
    before: readonly JobEvent[] = [failed(0, 3)],
    max_age_ms = 60_000,
  ) =>
    failReason(makeJob({ status: 'FAILED', retry: { ...DEFAULT_POLICY, max_age_ms } }), [
      ...before,
      makeEvent('DeadLettered', 0, { reason, by }),
    ])?.sentence;
  const lost = (ms: number): JobEvent => failed(ms, 1, { cause: 'worker_lost' });
  it.each([
    ['attempts_exhausted', 'server', 'Attempt 3 failed with GatewayTimeout, and it was the last of 3.'],
    [
      'non_retryable',
      'server',
      'Attempt 3 failed with GatewayTimeout, and who ran it said that it is not to be retried.',
    ],
    [
      'max_age',
      'server',
      'Its policy retries it for 1 m 00 s at most, and the next attempt would have been later.',
    ],
    [
      'rule',
      'rule:bad-card',
      'Attempt 3 failed with GatewayTimeout, which the rule bad-card sends to the dead letters.',
    ],
    ['operator', 'ann', 'It was sent to the dead letters by ann.'],
  ])('is said for %s', (reason, by, words) => expect(of(reason, by)).toBe(words));
  it('counts the workers that it took down', () =>
    expect(of('poison', 'server', [lost(-300), lost(-200), lost(0)])).toBe(
      '3 workers went away while running it, so no other gets it.',
    ));
  it('leads to the failure only where that ended it', () => {
    const job = makeJob({ status: 'FAILED' });
    const dead = makeEvent('DeadLettered', 900, { reason: 'operator', by: 'ann' });
    expect(failReason(job, [failed(0, 1), dead])?.failed).toBeNull();
    expect(failReason(makeJob({ status: 'CANCELLED' }), [dead])).toBeNull();
  });
});
