import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells of the first change at once, of the others once in a while, and of the last one in any case', () => {
  let change = (): void => {};
  const told = vi.fn();
  const stop = paced((listener) => {
    change = listener;
    return () => {};
  }, 250)(told);
  change();
  expect(told).toHaveBeenCalledTimes(1);
  for (let i = 0; i < 10; i++) {
    change();
    vi.advanceTimersByTime(100);
  }
  expect(told.mock.calls.length).toBeLessThanOrEqual(5);
  expect(told.mock.calls.length).toBeGreaterThanOrEqual(4);
  const before = told.mock.calls.length;
  vi.advanceTimersByTime(250);
  change();
  expect(told).toHaveBeenCalledTimes(before + 1);
  change();
  stop();
  vi.advanceTimersByTime(1000);
  expect(told).toHaveBeenCalledTimes(before + 1);
});
