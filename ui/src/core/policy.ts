import type { RetryPolicy } from '../api/types';
import { duration } from './time';

export const DEFAULT_POLICY: RetryPolicy = {
  kind: 'exponential',
  base_ms: 500,
  factor: 2,
  cap_ms: 60_000,
  jitter: 0.1,
  max_age_ms: null,
};

export interface Range {
  min: number;
  max: number;
}

/** The delay after the failure of attempt `n`; jitter only adds. */
export function delayRange(policy: RetryPolicy, n: number): Range {
  if (policy.kind === 'faktory') return faktoryRange(n);
  const min = Math.min(policy.cap_ms, rawDelay(policy, n));
  return { min, max: min * (1 + policy.jitter) };
}

/** Faktory's: the policy's other settings say nothing. It grows no further after 100 retries. */
function faktoryRange(n: number): Range {
  const retries = Math.min(n - 1, 100);
  const min = (retries ** 4 + 15) * 1000;
  return { min, max: min + 29_000 * (retries + 1) };
}

function rawDelay(policy: RetryPolicy, n: number): number {
  switch (policy.kind) {
    case 'exponential':
      return policy.base_ms * policy.factor ** (n - 1);
    case 'linear':
      return policy.base_ms * n;
    case 'fixed':
      return policy.base_ms;
    case 'faktory':
      return faktoryRange(n).min;
  }
}

const trim = (text: string): string =>
  text.replace(/\.(\d*?)0+ s$/, (_, kept) => (kept ? `.${kept} s` : ' s')).replace(/ 00 s$/, '');
const plain = (ms: number): string => trim(duration(ms));

function settingWords(policy: RetryPolicy): string[] {
  const words = [`base ${plain(policy.base_ms)}`];
  if (policy.kind === 'exponential' && policy.factor !== 2) words.push(`factor ${policy.factor}`);
  if (policy.kind !== 'fixed') words.push(`cap ${policy.cap_ms === 60_000 ? '60 s' : plain(policy.cap_ms)}`);
  if (policy.jitter > 0) words.push(`jitter ${policy.jitter}`);
  return words;
}

/** `exponential, base 1 s, factor 2, cap 60 s, jitter 0.1`. */
export function policyWords(policy: RetryPolicy): string {
  const words: string[] = [policy.kind];
  if (policy.kind !== 'faktory') words.push(...settingWords(policy));
  if (policy.max_age_ms !== null) words.push(`at most ${plain(policy.max_age_ms)} old`);
  return words.join(', ');
}

/** `gentle v2`, of a policy that was named; the values may be of an older version than is set now. */
export function policyName({ name }: { name?: string }): string | null {
  return name === undefined ? null : name.replace(/@(\d+)$/, ' v$1');
}

/** `32 to 35 s`; one figure when both ends read the same. */
export function rangeWords(range: Range): string {
  const unit = range.max < 1000 ? 1 : 1000;
  const digits = unit === 1 || range.max >= 10_000 ? 0 : 1;
  const figure = (ms: number): string => (ms / unit).toFixed(digits);
  if (range.max >= 120_000) {
    const [from, to] = [duration(range.min), duration(range.max)];
    return from === to ? from : `${from} to ${to}`;
  }
  const [from, to] = [figure(range.min), figure(range.max)];
  const name = unit === 1 ? 'ms' : 's';
  return from === to ? `${from} ${name}` : `${from} to ${to} ${name}`;
}
