import type { LabChoice, LabPolicy, RetryPolicy as NamedPolicy, NewLabRun } from '../api/generated';
import type { RetryPolicy } from '../api/types';
import { DEFAULT_POLICY } from './policy';

// Which policies a side has, as short text for the address:
//   scenario                       those that the scenario gives its jobs
//   none                           no such side
//   patient                        the one of this name in the scenario
//   example.hasty                  one of the examples
//   exponential,2000,2,900000,0.5  kind, base and cap in milliseconds, factor, jitter

export const AS_WRITTEN = 'scenario';
export const NO_SIDE = 'none';
const EXAMPLE = 'example.';
const KINDS: readonly RetryPolicy['kind'][] = ['exponential', 'linear', 'fixed', 'faktory'];

export type Examples = Record<string, RetryPolicy>;

export const exampleCode = (name: string): string => EXAMPLE + name;
export const ownCode = (p: RetryPolicy): string =>
  [p.kind, p.base_ms, p.factor, p.cap_ms, p.jitter].join(',');

export interface Choice {
  name: string;
  /** Null: the scenario says it. */
  policy: RetryPolicy | null;
}

export const isOwn = (code: string): boolean => code.includes(',');

/** Null: the text is none of these. */
export function choiceOf(code: string, examples: Examples, named: readonly string[]): Choice | null {
  if (code === AS_WRITTEN || named.includes(code)) return { name: code, policy: null };
  const example = code.startsWith(EXAMPLE) ? code.slice(EXAMPLE.length) : null;
  if (example !== null) {
    const policy = examples[example];
    return policy ? { name: example, policy } : null;
  }
  const [kind, ...figures] = code.split(',');
  const [base, factor, cap, jitter] = figures.map(Number);
  if (figures.length !== 4 || !KINDS.includes(kind as RetryPolicy['kind'])) return null;
  if (![base, factor, cap, jitter].every((figure) => Number.isFinite(figure))) return null;
  const policy = { ...DEFAULT_POLICY, kind: kind as RetryPolicy['kind'] };
  Object.assign(policy, { base_ms: base, factor, cap_ms: cap, jitter });
  return { name: kind ?? '', policy };
}

/** Of a run, the code that chooses the same. */
export function codeOf(choice: LabChoice | null, examples: Examples): string {
  if (!choice) return NO_SIDE;
  if (!choice.policy) return choice.name;
  const { name, ...policy } = choice.policy;
  const whole: RetryPolicy = { ...DEFAULT_POLICY, ...policy };
  const example = name === undefined ? undefined : examples[name];
  return example && ownCode(example) === ownCode(whole) ? exampleCode(name ?? '') : ownCode(whole);
}

/** What is sent: fields that say nothing of the kind are left to the server. */
export function bodyOf(choice: Choice, code: string): LabPolicy {
  if (!choice.policy) return choice.name;
  const { max_age_ms: age, ...policy } = choice.policy;
  const body: Exclude<LabPolicy, string> = { ...policy };
  if (!isOwn(code)) body.name = choice.name;
  if (age !== null) body.max_age_ms = age;
  return body;
}

export type RunOrder = NewLabRun;

/** As a file of a scenario has it. */
export function policyForFile(policy: NamedPolicy): Record<string, unknown> {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== null));
}

/** `every 10 s`, `2 s ×2, cap 15 m 00 s, jitter 0.5`. */
export function staircase(delays: readonly number[]): string {
  return delays.map((ms) => (ms >= 1000 ? `${Number((ms / 1000).toFixed(1))} s` : `${ms} ms`)).join(', ');
}
