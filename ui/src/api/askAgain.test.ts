import { describe, expect, it } from 'vitest';
import { askAgainIn, every, waitAfter } from './askAgain';
import { ApiError, retryAfterMs } from './client';

const failed = (status: number, errorUpdateCount: number, data?: unknown) =>
  askAgainIn({ error: new ApiError(status, 'no'), errorUpdateCount, data });

describe('a query that failed', () => {
  it('is asked again after 1 s, doubling to 30 s', () => {
    expect([1, 2, 3, 5, 6, 7, 4000].map((times) => failed(500, times))).toEqual([
      1000, 2000, 4000, 16_000, 30_000, 30_000, 30_000,
    ]);
    expect(failed(0, 1)).toBe(1000);
  });
  it('is asked again at an even pace while its last answer is shown', () => {
    expect(failed(503, 40, [])).toBe(3000);
  });
  it('is not asked again where the answer is final, or it did not fail', () => {
    const final = [400, 401, 403, 404, 405, 409, 410, 413, 414, 422, 431, 499];
    expect(final.filter((status) => failed(status, 1) !== false)).toEqual([]);
    expect(waitAfter(new ApiError(422, 'no'), 1)).toBeNull();
    expect(askAgainIn({ error: null, errorUpdateCount: 3, data: undefined })).toBe(false);
  });
  it('is asked again where the refusal passes, or the fault is on the way or in the server', () => {
    expect([0, 408, 425, 429, 500, 502, 503, 504, 507].map((status) => failed(status, 1))).toEqual(
      Array(9).fill(1000),
    );
  });
  it('is not asked again before the server wants it', () => {
    const busy = new ApiError(429, 'busy', [], 5000);
    expect([1, 2, 3, 4, 5].map((times) => waitAfter(busy, times))).toEqual([5000, 5000, 5000, 8000, 16_000]);
    expect(askAgainIn({ error: busy, errorUpdateCount: 9, data: [] })).toBe(5000);
    expect(waitAfter(new ApiError(422, 'no', [], 5000), 1)).toBeNull();
  });
  it('of an even pace keeps to it once there was an answer', () => {
    const refused = (status: number, data?: unknown) =>
      every(2000)({ state: { error: new ApiError(status, 'no'), errorUpdateCount: 1, data } });
    expect(every(2000)({ state: { error: null, errorUpdateCount: 0, data: undefined } })).toBe(2000);
    expect([refused(500), refused(422)]).toEqual([1000, false]);
    expect([refused(500, []), refused(422, [])]).toEqual([2000, 2000]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-30T12:00:00Z');
  it('is a number of seconds or a date, and not longer than an hour', () => {
    const texts = [
      '0',
      ' 5 ',
      'Mon, 30 Nov 2026 12:00:20 GMT',
      'Mon, 30 Nov 2026 11:00:00 GMT',
      '99999999999',
    ];
    expect(texts.map((text) => retryAfterMs(text, now))).toEqual([0, 5000, 20_000, 0, 3_600_000]);
  });
  it('says nothing where it is missing or no time', () => {
    expect([null, '', 'soon', '-x'].map((text) => retryAfterMs(text, now))).toEqual([null, null, null, null]);
  });
});
