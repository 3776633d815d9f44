import { describe, expect, it } from 'vitest';
import type { JobEvent } from '../api/types';
import { iso, makeEvent, makeJob } from '../testing/jobs';
import { batchAround, delayWords } from './eventBatch';
import { DEFAULT_POLICY } from './policy';

const at = (seq: number, type: string, job: number, ms: number, data = {}): JobEvent => ({
  ...makeEvent(type, ms, data),
  seq,
  job,
});

describe('the events of one batch', () => {
  const events = [
    at(4, 'Failed', 7, 100),
    at(5, 'Created', 8, 200),
    at(6, 'Failed', 7, 200, { attempt: 3 }),
    at(7, 'RetryScheduled', 7, 200),
    at(8, 'Attempted', 7, 300),
    at(9, 'QueuePaused', 0, 300),
    at(10, 'QueuePaused', 0, 300),
  ];
  const others = (seq: number): number[] => {
    const event = events.find((each) => each.seq === seq);
    return event ? batchAround(events, event).map((each) => each.seq) : [];
  };
  it('are its neighbours of the same job and time', () =>
    expect([others(7), others(6), others(4), others(8)]).toEqual([[6], [7], [], []]));
  it('are none of an event of the system, or of one that is not there', () =>
    expect([others(9), batchAround(events, at(99, 'Failed', 7, 200))]).toEqual([[], []]));
});

describe('why a retry waits so long', () => {
  const retry = { ...DEFAULT_POLICY, base_ms: 1000 };
  const job = makeJob({ id: 7, retry, run_at: iso(0) });
  const failed = [at(6, 'Failed', 7, 200, { attempt: 4 })];
  const scheduled = (delay_ms: number, rule = 'exponential'): JobEvent =>
    at(7, 'RetryScheduled', 7, 200, { due: iso(0), delay_ms, rule });
  it('is by backoff, and by jitter where that adds anything', () => {
    expect(delayWords(scheduled(8310), failed, job)).toBe('8.00 s by backoff, 310 ms by jitter');
    expect(delayWords(scheduled(8000), failed, job)).toBe('8.00 s by backoff');
    const named = { ...job, retry: { ...retry, name: 'gentle@2' } };
    expect(delayWords(scheduled(8000, 'gentle@2'), failed, named)).toBe('8.00 s by backoff');
  });
  it.each([
    ['rule:gateway-down', 'by the rule gateway-down'],
    ['retry_after', 'by retry_after of its worker'],
    ['Retry-After', 'by Retry-After of its handler'],
    ['worker_lost', 'as its worker was lost'],
  ])('is as %s says instead of the policy', (rule, words) =>
    expect(delayWords(scheduled(50, rule), failed, job)).toBe(words),
  );
  it.each([
    ['the policy would not have chosen it', scheduled(20_000), failed, job],
    ['the attempt is not known', scheduled(8000), [], job],
    ['the policy had another name', scheduled(8000, 'gentle@1'), failed, job],
    ['the job has begun anew', scheduled(8000), failed, { ...job, generation: 2 }],
    ['it is another event', at(7, 'Failed', 7, 200), failed, job],
  ])('is not said where %s', (_why, event, batch, of) => expect(delayWords(event, batch, of)).toBeNull());
});
