import type { RetryPolicy } from '../api/types';
import { percent } from './numbers';
import { outcomeOf, type Plan } from './plan';
import { delayRange, type Range, rangeWords } from './policy';

export interface Forecast {
  /** `f` failed, `o` succeeded, `.` left over: the attempt ticks of the job when it has ended. */
  ticks: string;
  sentence: string;
}

/** From the first start to the end of attempt `n`, if every attempt before it fails. */
export function elapsed(policy: RetryPolicy, durationMs: number, n: number): Range {
  let min = durationMs * n;
  let max = min;
  for (let k = 1; k < n; k++) {
    const wait = delayRange(policy, k);
    min += wait.min;
    max += wait.max;
  }
  return { min, max };
}

export function forecast(plan: Plan, policy: RetryPolicy, maxAttempts: number, durationMs: number): Forecast {
  if (plan.kind === 'random' && plan.rate > 0 && plan.rate < 1) {
    const all = 1 - (1 - plan.rate) ** maxAttempts;
    const worst = rangeWords(elapsed(policy, durationMs, maxAttempts));
    const first = `Succeeds on the first attempt with ${percent(plan.rate)}`;
    const sentence =
      maxAttempts === 1
        ? `${first}, else it is Failed; takes ${worst}.`
        : `${first}, within ${maxAttempts} attempts with ${percent(all)}; takes ${worst} at most.`;
    return { ticks: '.'.repeat(maxAttempts), sentence };
  }
  for (let n = 1; n <= maxAttempts; n++) {
    if (outcomeOf(plan, n) !== 'success') continue;
    const ticks = `${'f'.repeat(n - 1)}o`;
    const when = rangeWords(elapsed(policy, durationMs, n));
    return { ticks, sentence: `Succeeds on attempt ${n}, ${when} after it starts.` };
  }
  const when = rangeWords(elapsed(policy, durationMs, maxAttempts));
  const every = maxAttempts === 1 ? 'Its only attempt fails' : `All ${maxAttempts} attempts fail`;
  return { ticks: 'f'.repeat(maxAttempts), sentence: `${every}; it is Failed ${when} after it starts.` };
}
