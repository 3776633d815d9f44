import { describe, expect, it } from 'vitest';
import { makeJob } from '../testing/jobs';
import { curlFor } from './curl';
import { draftBody, draftFaults, EMPTY_DRAFT, policyDraft, readDraft } from './draft';
import { payloadChanges, retryBody, withControls } from './edits';

describe('a new job', () => {
  it('takes a typed time as one of the zone that is shown', () => {
    const draft = { ...EMPTY_DRAFT, startWhen: 'at' as const, runAt: '2031-02-03T04:05' };
    expect(JSON.parse(draftBody(draft, 'UTC')).run_at).toBe('2031-02-03T04:05:00.000Z');
    expect(JSON.parse(draftBody(draft, 'Asia/Kathmandu')).run_at).toBe('2031-02-02T22:20:00.000Z');
  });
  it('sends only what is not the default', () => {
    expect(draftBody(EMPTY_DRAFT)).toBe('{"type":"hello"}');
  });
  it('keeps the payload as typed and adds the controls', () => {
    const draft = {
      ...EMPTY_DRAFT,
      payload: '{"n": 12345678901234567890}',
      behaviour: 'failTimes' as const,
      takes: '100',
    };
    expect(draftBody(draft)).toBe(
      '{"type":"hello","payload":{"n": 12345678901234567890,"fail_times":2,"duration_ms":100}}',
    );
  });
  it('sends queue, start and policy when they are set', () => {
    const draft = {
      ...EMPTY_DRAFT,
      queue: 'q',
      startWhen: 'delay' as const,
      delay: '250',
      base: '1000',
      maxAttempts: '8',
    };
    expect(JSON.parse(draftBody(draft))).toEqual({
      type: 'hello',
      queue: 'q',
      max_attempts: 8,
      delay_ms: 250,
      retry: { base_ms: 1000 },
    });
  });
  it('goes to a worker without what only the simulator understands', () => {
    const draft = { ...EMPTY_DRAFT, behaviour: 'worker' as const, takes: '50', payload: '{"n":1}' };
    expect(draftBody(draft)).toBe('{"type":"hello","payload":{"n":1},"handler":"remote"}');
    expect(readDraft(draft)).toBeNull();
  });
  it('names a policy in place of its values, and is told by these what comes of it', () => {
    const gentle = { ...EMPTY_DRAFT, policyName: 'gentle', base: '7000' };
    expect(JSON.parse(draftBody(gentle))).toEqual({ type: 'hello', retry: 'gentle' });
    expect(readDraft(gentle)?.policy.base_ms).toBe(7000);
  });
  it('finds faults before the server does', () => {
    const doubled = {
      ...EMPTY_DRAFT,
      payload: '{"force":"fail"}',
      behaviour: 'succeed' as const,
      copies: '0',
    };
    expect(draftFaults(doubled).map((fault) => fault.field)).toEqual(['payload', 'copies']);
    expect(draftFaults({ ...EMPTY_DRAFT, payload: '{' })[0]?.field).toBe('payload');
  });
  it('quotes for the shell', () => {
    expect(curlFor(`{"a":"it's"}`, 'host:1')).toBe(`curl -d '{"a":"it'\\''s"}' host:1/jobs`);
  });
});

describe('a retry with edits', () => {
  const job = makeJob();
  const policy = policyDraft(job.retry);
  it('is empty when nothing differs', () => {
    expect(retryBody({ payload: '{"a":1}', maxAttempts: '3', policy }, job, '{"a":1}')).toBe('{}');
  });
  it('sends the new payload as typed and the whole policy', () => {
    const body = retryBody(
      { payload: '{"a": 2}', maxAttempts: '4', policy: { ...policy, base: '9' } },
      job,
      '{"a":1}',
    );
    expect(body).toMatch(
      /^\{"payload":\{"a": 2\},"max_attempts":4,"retry":\{"kind":"exponential","base_ms":9,/,
    );
  });
});

describe('the payload of an edited job', () => {
  const payload = '{"order": 900719925474099312, "fail_times": 2, "duration_ms": 40}';
  it('takes another failure plan in, and every other value stays as it was', () => {
    expect(withControls(payload, { sequence: ['fail', 'success'] })).toBe(
      '{"order":900719925474099312,"duration_ms":40,"sequence":["fail","success"]}',
    );
    expect(withControls(payload, {})).toBe(payload);
    expect(withControls('{"a":', { force: 'fail' })).toBe('{"a":');
  });
  it('is compared member by member, by the text', () => {
    expect(payloadChanges(payload, '{"order": 900719925474099313, "fail_times":2, "to": "x"}')).toEqual([
      { name: 'order', before: '900719925474099312', after: '900719925474099313' },
      { name: 'duration_ms', before: '40', after: null },
      { name: 'to', before: null, after: '"x"' },
    ]);
    expect(payloadChanges(payload, 'no')).toEqual([]);
  });
});
