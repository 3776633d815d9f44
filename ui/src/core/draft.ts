import type { FieldError, JsonObject, RetryPolicy } from '../api/types';
import { addMembers, payloadFault } from './json';
import {
  CONTROLS,
  DEFAULT_DURATION_MS,
  DEFAULT_RATE,
  type Outcome,
  type Plan,
  plannedDuration,
  readPlan,
} from './plan';
import { DEFAULT_POLICY } from './policy';
import { instantOf, UTC, type Zone } from './zone';

// A job that is being written. Fields hold the text as typed; `draftBody` says what is sent.

export type Behaviour = 'default' | 'worker' | 'succeed' | 'fail' | 'failTimes' | 'random' | 'sequence';
export const BEHAVIOURS: readonly [Behaviour, string][] = [
  ['default', 'Default'],
  ['worker', 'Worker'],
  ['succeed', 'Succeed'],
  ['fail', 'Fail'],
  ['failTimes', 'Fail n times'],
  ['random', 'Random'],
  ['sequence', 'Sequence'],
];

export interface PolicyDraft {
  kind: RetryPolicy['kind'];
  base: string;
  factor: string;
  cap: string;
  jitter: string;
}

export interface Draft extends PolicyDraft {
  /** One that the server knows by name, whose values the draft then has; empty: those of the draft alone. */
  policyName: string;
  type: string;
  queue: string;
  priority: string;
  payload: string;
  behaviour: Behaviour;
  failTimes: string;
  rate: string;
  seed: string;
  steps: Outcome[];
  takes: string;
  maxAttempts: string;
  startWhen: 'now' | 'delay' | 'at';
  delay: string;
  runAt: string;
  copies: string;
}

export const policyDraft = (policy: RetryPolicy): PolicyDraft => ({
  kind: policy.kind,
  base: String(policy.base_ms),
  factor: String(policy.factor),
  cap: String(policy.cap_ms),
  jitter: String(policy.jitter),
});

export const EMPTY_DRAFT: Draft = {
  ...policyDraft(DEFAULT_POLICY),
  policyName: '',
  type: 'hello',
  queue: 'default',
  priority: '5',
  payload: '{}',
  behaviour: 'default',
  failTimes: '2',
  rate: String(DEFAULT_RATE),
  seed: '',
  steps: ['timeout', 'fail', 'success'],
  takes: String(DEFAULT_DURATION_MS),
  maxAttempts: '3',
  startWhen: 'now',
  delay: '10000',
  runAt: '',
  copies: '1',
};

/** A number that is sent as it is, so that the server judges it; text that is no number is sent as text. */
const figure = (text: string): number | string =>
  text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;

/** The controls that the chosen behaviour puts into the payload. */
export function controlsOf(draft: Draft): JsonObject {
  const controls: JsonObject = {};
  // A worker knows nothing of them.
  if (draft.behaviour === 'worker') return controls;
  if (draft.behaviour === 'succeed') controls.force = 'success';
  if (draft.behaviour === 'fail') controls.force = 'fail';
  if (draft.behaviour === 'failTimes') controls.fail_times = figure(draft.failTimes);
  if (draft.behaviour === 'sequence') controls.sequence = [...draft.steps];
  if (draft.behaviour === 'random') {
    controls.success_rate = figure(draft.rate);
    if (draft.seed.trim() !== '') controls.seed = figure(draft.seed);
  }
  if (draft.takes.trim() !== String(DEFAULT_DURATION_MS)) controls.duration_ms = figure(draft.takes);
  return controls;
}

const policyFields = (draft: PolicyDraft): JsonObject => ({
  kind: draft.kind,
  base_ms: figure(draft.base),
  factor: figure(draft.factor),
  cap_ms: figure(draft.cap),
  jitter: figure(draft.jitter),
});

/** The fields of a policy that differ from `base`. */
export const policyEdits = (draft: PolicyDraft, base: RetryPolicy): JsonObject =>
  Object.fromEntries(
    Object.entries(policyFields(draft)).filter(([name, value]) => value !== base[name as keyof RetryPolicy]),
  );

/** The whole policy, if it differs from `base` in anything. */
export function changedPolicy(draft: PolicyDraft, base: RetryPolicy): JsonObject | null {
  if (Object.keys(policyEdits(draft, base)).length === 0) return null;
  const age: JsonObject = base.max_age_ms === null ? {} : { max_age_ms: base.max_age_ms };
  return { ...policyFields(draft), ...age };
}

/** What can be told without asking the server. */
export function draftFaults(draft: Draft): FieldError[] {
  const faults: FieldError[] = [];
  const fault = payloadFault(draft.payload);
  if (draft.type.trim() === '') faults.push({ field: 'type', message: 'Give the job a type' });
  if (fault) faults.push({ field: 'payload', message: fault });
  else {
    const own = JSON.parse(draft.payload) as JsonObject;
    const doubled = Object.keys(controlsOf(draft)).find((name) => name in own);
    if (doubled) faults.push({ field: 'payload', message: `${doubled} is set below: remove it here` });
  }
  if (draft.behaviour === 'sequence' && draft.steps.length === 0) {
    faults.push({ field: 'sequence', message: 'Add at least one step' });
  }
  if (draft.startWhen === 'at' && draft.runAt === '')
    faults.push({ field: 'run_at', message: 'Choose a time' });
  const copies = Number(draft.copies);
  if (!Number.isInteger(copies) || copies < 1 || copies > 100) {
    faults.push({ field: 'copies', message: 'From 1 to 100' });
  }
  return faults;
}

/** The body of `POST /jobs`: the payload as typed, and of the rest what is not the default. */
export function draftBody(draft: Draft, zone: Zone = UTC): string {
  const fields = [`"type":${JSON.stringify(draft.type)}`];
  const payload = payloadFault(draft.payload)
    ? draft.payload.trim()
    : addMembers(draft.payload, controlsOf(draft));
  if (payload !== '{}') fields.push(`"payload":${payload}`);
  const add = (name: string, value: string, usual: string): void => {
    if (value.trim() !== usual) fields.push(`"${name}":${JSON.stringify(figure(value))}`);
  };
  if (draft.queue !== 'default') fields.push(`"queue":${JSON.stringify(draft.queue)}`);
  add('priority', draft.priority, '5');
  add('max_attempts', draft.maxAttempts, '3');
  if (draft.startWhen === 'delay') add('delay_ms', draft.delay, '');
  if (draft.startWhen === 'at' && draft.runAt !== '') {
    const at = instantOf(Date.parse(`${draft.runAt}Z`), zone);
    fields.push(`"run_at":${JSON.stringify(new Date(at).toISOString())}`);
  }
  if (draft.behaviour === 'worker') fields.push('"handler":"remote"');
  const retry = policyEdits(draft, DEFAULT_POLICY);
  if (draft.policyName !== '') fields.push(`"retry":${JSON.stringify(draft.policyName)}`);
  else if (Object.keys(retry).length > 0) fields.push(`"retry":${JSON.stringify(retry)}`);
  return `{${fields.join(',')}}`;
}

export interface DraftReading {
  plan: Plan;
  policy: RetryPolicy;
  maxAttempts: number;
  durationMs: number;
}

/** What the draft means, or null while it cannot be read, or where a worker decides. */
export function readDraft(draft: Draft): DraftReading | null {
  if (payloadFault(draft.payload) || draft.behaviour === 'worker') return null;
  const payload = { ...(JSON.parse(draft.payload) as JsonObject), ...controlsOf(draft) };
  const policy: RetryPolicy = {
    kind: draft.kind,
    base_ms: Number(draft.base),
    factor: Number(draft.factor),
    cap_ms: Number(draft.cap),
    jitter: Number(draft.jitter),
    max_age_ms: null,
  };
  const maxAttempts = Number(draft.maxAttempts);
  const hasControl = CONTROLS.some((name) => typeof payload[name] === 'string' && name !== 'force');
  const figures = [policy.base_ms, policy.factor, policy.cap_ms, policy.jitter];
  const isReadable = Number.isInteger(maxAttempts) && maxAttempts >= 1 && maxAttempts <= 100;
  if (!isReadable || hasControl || !figures.every(Number.isFinite)) return null;
  return { plan: readPlan(payload), policy, maxAttempts, durationMs: plannedDuration(payload) };
}
