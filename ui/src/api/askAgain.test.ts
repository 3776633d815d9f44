import { describe, expect, it } from 'vitest';
import { askAgainIn } from './askAgain';
import { ApiError } from './client';

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
    expect([400, 404, 410, 422].map((status) => failed(status, 1))).toEqual([false, false, false, false]);
    expect(askAgainIn({ error: null, errorUpdateCount: 3, data: undefined })).toBe(false);
  });
});
