import { describe, expect, it } from 'vitest';
import { failedOnce, iso, makeEvent, makeJob, T0 } from '../testing/jobs';
import { eventSummary } from './eventWords';
import { buildTimeline } from './lanes';
import { changesOf, evolve, NOTHING } from './reducer';
import { makeScale, wantsCompression } from './scale';
import { refusal, statusAt } from './status';
import { jobTicks } from './ticks';
import { jobSubject } from './title';

describe('a job folded from its events', () => {
  it('follows failure, retry and success', () => {
    const events = [
      ...failedOnce(),
      makeEvent('Attempted', 1200, { attempt: 2, worker: 'sim-2' }),
      makeEvent('Succeeded', 1700, { result: 7 }),
    ];
    const state = events.reduce(evolve, NOTHING);
    expect(state).toMatchObject({ status: 'SUCCEEDED', attempts: 1, executions: 2, result: 7, worker: null });
  });
  it('starts a generation anew with its edits', () => {
    const requeued = makeEvent('Requeued', 9000, { payload: { a: 1 }, max_attempts: null, retry: null }, 2);
    const state = [...failedOnce(), requeued].reduce(evolve, NOTHING);
    expect(state).toMatchObject({
      status: 'QUEUED',
      generation: 2,
      attempts: 0,
      payload: { a: 1 },
      max_attempts: 3,
    });
  });
  it('tells what one event changed', () => {
    const changes = changesOf(failedOnce(), 3);
    expect(changes.map((change) => [change.field, change.to])).toEqual([
      ['status', 'RETRYING'],
      ['next_attempt_at', iso(1120)],
    ]);
  });
  it('reads in one line an event', () => {
    const events = failedOnce();
    expect(events.map((event) => eventSummary(event, events, 'UTC'))).toEqual([
      'email.send in default, up to 3 attempts',
      '1 on sim-1',
      '1, PlannedFailure after 500 ms',
      '2 in 520 ms',
    ]);
  });
});

describe('the timeline', () => {
  const job = makeJob({
    status: 'RETRYING',
    attempts: 1,
    next_attempt_at: iso(1120),
    payload: { fail_times: 1 },
  });
  it('has a lane for each attempt and plans the rest', () => {
    const { past, planned } = buildTimeline(job, failedOnce(), 1, T0 + 700);
    expect(past).toMatchObject([
      { attempt: 1, outcome: 'failed', queuedAt: T0, startedAt: T0 + 100, waitUntil: T0 + 1120 },
    ]);
    expect(planned).toMatchObject([
      {
        attempt: 2,
        outcome: 'success',
        role: 'next',
        isCertain: true,
        startsAt: { min: T0 + 1120, max: T0 + 1120 },
      },
      { attempt: 3, role: 'last', isCertain: false },
    ]);
    expect(planned[1]?.startsAt.max).toBeCloseTo(T0 + 1120 + 500 + 1100);
  });
  it('plans nothing for an ended job or an older generation', () => {
    expect(buildTimeline({ ...job, status: 'FAILED' }, failedOnce(), 1, T0).planned).toEqual([]);
    expect(buildTimeline({ ...job, generation: 2 }, failedOnce(), 1, T0).planned).toEqual([]);
  });
  it('compresses long waits and keeps the order of instants', () => {
    const late = { ...job, next_attempt_at: iso(60_000) };
    const timeline = buildTimeline(late, failedOnce(), 1, T0 + 700);
    expect(wantsCompression(timeline, T0 + 700)).toBe(true);
    const [plain, dense] = [makeScale(timeline, T0 + 700, false), makeScale(timeline, T0 + 700, true)];
    const run = (scale: typeof plain): number => scale.at(T0 + 600) - scale.at(T0 + 100);
    expect(run(dense)).toBeGreaterThan(run(plain) * 4);
    expect(dense.at(T0 + 30_000)).toBeLessThan(dense.at(T0 + 50_000));
    expect([dense.at(T0), dense.at(T0 + 9e9)]).toEqual([0, 1]);
  });
});

describe('a row', () => {
  it('reads Queued when its time has come', () => {
    const job = makeJob({ status: 'RETRYING', next_attempt_at: iso(1000) });
    expect(statusAt(job, T0 + 999)).toBe('RETRYING');
    expect(statusAt(job, T0 + 1000)).toBe('QUEUED');
  });
  it('says why an action is off', () => {
    expect(refusal('retry', makeJob({ status: 'RUNNING' }))).toMatch(/Running/);
    expect(refusal('discard', makeJob({ status: 'SUCCEEDED' }))).toMatch(/Only a Failed job/);
    expect(refusal('edit', makeJob({ status: 'FAILED' }))).toBeNull();
  });
  it('has one tick an attempt, shortened above twelve', () => {
    expect(jobTicks(makeJob({ status: 'RUNNING', attempts: 1 }))).toEqual(['failed', 'running', 'left']);
    expect(jobTicks(makeJob({ status: 'SUCCEEDED', attempts: 1 }))).toEqual(['failed', 'succeeded']);
    expect(jobTicks(makeJob({ max_attempts: 40 }))).toHaveLength(12);
  });
  it('is titled by the first plain field that is no control', () => {
    expect(jobSubject(makeJob({ payload: { fail_times: 2, order_id: 88213 } }))).toBe('order 88213');
    expect(jobSubject(makeJob({ payload: { fail_times: 2 } }))).toBe('fail times 2');
    expect(jobSubject(makeJob({ payload: { nested: {} } }))).toBe('');
  });
});
