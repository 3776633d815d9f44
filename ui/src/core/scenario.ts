import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import type { LabChoice } from '../api/generated';
import type { RetryPolicy } from '../api/types';
import { policyForFile } from './labPolicy';

// A scenario is its text; the form reads the text and writes into it, and what it does not know stays as it is, comments too.

export type PlanKind = 'default' | 'succeed' | 'fail' | 'failTimes' | 'random' | 'sequence';

export interface Group {
  type: string;
  name: string;
  queue: string;
  by: 'rate' | 'count';
  amount: string;
  takes: string;
  plan: PlanKind;
  /** Times that fail, the success rate, or the sequence. */
  planValue: string;
  maxAttempts: string;
  /** Of its own, or the name of one; null: the usual one. */
  retry: string | Partial<RetryPolicy> | null;
}

export interface OutageForm {
  from: string;
  to: string;
  type: string;
  error: string;
}

export interface ScenarioForm {
  name: string;
  seed: string;
  duration: string;
  /** Null: workers are processes, which only the text describes. */
  slots: string | null;
  groups: Group[];
  outages: OutageForm[];
  /** Names of its policies. */
  policies: string[];
  /** What they say. */
  named: Record<string, Partial<RetryPolicy>>;
  checks: number;
}

export type Reading =
  | { form: ScenarioForm; fault: null }
  | { form: null; fault: { line: number; message: string } };

const CONTROLS = ['force', 'sequence', 'fail_times', 'success_rate'] as const;

const text = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value);

const itemsOf = (doc: Document, name: string): YAMLMap[] => {
  const node = doc.get(name, true);
  if (isMap(node)) return [node];
  return isSeq(node) ? node.items.filter(isMap) : [];
};

function planOf(payload: Record<string, unknown>): [PlanKind, string] {
  if (payload.force === 'success') return ['succeed', ''];
  if (payload.force === 'fail') return ['fail', ''];
  if (Array.isArray(payload.sequence)) return ['sequence', payload.sequence.join(', ')];
  if (payload.fail_times !== undefined) return ['failTimes', text(payload.fail_times)];
  if (payload.success_rate !== undefined) return ['random', text(payload.success_rate)];
  return ['default', ''];
}

function groupOf(node: YAMLMap): Group {
  const value = node.toJSON() as Record<string, unknown>;
  const payload = (value.payload ?? {}) as Record<string, unknown>;
  const [plan, planValue] = planOf(payload);
  const by = value.count === undefined ? 'rate' : 'count';
  return {
    type: text(value.type),
    name: text(value.name),
    queue: text(value.queue),
    by,
    amount: text(by === 'rate' ? value.rate : value.count),
    takes: text(payload.duration_ms),
    plan,
    planValue,
    maxAttempts: text(value.max_attempts),
    retry: (value.retry ?? null) as Group['retry'],
  };
}

function outageOf(node: YAMLMap): OutageForm {
  const value = node.toJSON() as Record<string, unknown>;
  const error = (value.error ?? {}) as Record<string, unknown>;
  return {
    from: text(value.from) || '0',
    to: text(value.to),
    type: text(value.type ?? value.group ?? value.queue),
    error: text(error.type),
  };
}

function formOf(doc: Document): ScenarioForm {
  const workers = doc.get('workers', true);
  const policies = doc.get('policies', true);
  const checks = doc.get('expect', true);
  const named = isMap(policies) ? (policies.toJSON() as ScenarioForm['named']) : {};
  return {
    name: text(doc.get('name')),
    seed: text(doc.get('seed')),
    duration: text(doc.get('duration')),
    slots: isSeq(workers) ? null : text(doc.getIn(['workers', 'slots'])),
    groups: itemsOf(doc, 'jobs').map(groupOf),
    outages: itemsOf(doc, 'outages').map(outageOf),
    policies: Object.keys(named),
    named,
    checks: isSeq(checks) ? checks.items.length : isMap(checks) ? 1 : 0,
  };
}

export function readScenario(source: string): Reading {
  const doc = parseDocument(source, { prettyErrors: true });
  const error = doc.errors[0];
  if (error) {
    const message = error.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? '';
    return { form: null, fault: { line: error.linePos?.[0].line ?? 1, message } };
  }
  if (!isMap(doc.contents))
    return { form: null, fault: { line: 1, message: 'must be a map of names and values' } };
  return { form: formOf(doc), fault: null };
}

function edited(source: string, change: (doc: Document) => void): string {
  const doc = parseDocument(source);
  if (doc.errors.length > 0) return source;
  change(doc);
  return doc.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** As a number where it looks like one. */
const scalar = (typed: string): string | number =>
  /^\d+(\.\d+)?$/.test(typed.trim()) ? Number(typed) : typed.trim();

type Path = (string | number)[];

function put(doc: Document, path: Path, typed: string): void {
  if (typed.trim() === '') doc.deleteIn(path);
  else doc.setIn(path, scalar(typed));
}

export const setField = (source: string, path: Path, typed: string): string =>
  edited(source, (doc) => put(doc, path, typed));

/** The path of an entry: `jobs` may also be one map in place of a list. */
const entry = (doc: Document, name: string, i: number): Path =>
  isMap(doc.get(name, true)) ? [name] : [name, i];

export function setGroup(source: string, i: number, change: Partial<Group>): string {
  return edited(source, (doc) => {
    const at = entry(doc, 'jobs', i);
    if (change.type !== undefined) put(doc, [...at, 'type'], change.type);
    if (change.queue !== undefined) put(doc, [...at, 'queue'], change.queue);
    if (change.maxAttempts !== undefined) put(doc, [...at, 'max_attempts'], change.maxAttempts);
    if (change.takes !== undefined) put(doc, [...at, 'payload', 'duration_ms'], change.takes);
    if (change.by !== undefined && change.amount !== undefined) {
      doc.deleteIn([...at, change.by === 'rate' ? 'count' : 'rate']);
      put(doc, [...at, change.by], change.amount);
    }
    if (change.plan !== undefined) setPlan(doc, at, change.plan, change.planValue ?? '');
  });
}

function setPlan(doc: Document, at: Path, plan: PlanKind, value: string): void {
  for (const name of CONTROLS)
    if (doc.hasIn([...at, 'payload', name])) doc.deleteIn([...at, 'payload', name]);
  const payload = (name: string): Path => [...at, 'payload', name];
  if (plan === 'succeed') doc.setIn(payload('force'), 'success');
  if (plan === 'fail') doc.setIn(payload('force'), 'fail');
  if (plan === 'failTimes') doc.setIn(payload('fail_times'), scalar(value || '2'));
  if (plan === 'random') doc.setIn(payload('success_rate'), scalar(value || '0.9'));
  if (plan === 'sequence') {
    const steps = (value || 'timeout, success').split(',').map((step) => step.trim());
    const node = doc.createNode(steps);
    node.flow = true;
    doc.setIn(payload('sequence'), node);
  }
}

function append(doc: Document, name: string, value: unknown): void {
  const list = doc.get(name, true);
  const node = doc.createNode(value);
  if (isMap(node)) node.flow = true;
  if (isSeq(list)) list.add(node);
  else if (isMap(list)) doc.set(name, doc.createNode([list.toJSON(), value]));
  else doc.set(name, doc.createNode([value]));
}

export const addGroup = (source: string): string =>
  edited(source, (doc) => {
    const taken = new Set(itemsOf(doc, 'jobs').map((group) => text(group.get('name') ?? group.get('type'))));
    let type = 'email.send';
    for (let n = 2; taken.has(type); n++) type = `email.send.${n}`;
    append(doc, 'jobs', { type, rate: '5/s', payload: { force: 'success', duration_ms: 50 } });
  });
export const addOutage = (source: string): string =>
  edited(source, (doc) =>
    append(doc, 'outages', { from: '2m', to: '4m', error: { type: 'GatewayDown', message: 503 } }),
  );
export const removeEntry = (source: string, name: 'jobs' | 'outages', i: number): string =>
  edited(source, (doc) => {
    doc.deleteIn(entry(doc, name, i));
    if (itemsOf(doc, name).length === 0) doc.delete(name);
  });

export function setOutage(source: string, i: number, change: Partial<OutageForm>): string {
  return edited(source, (doc) => {
    const at = entry(doc, 'outages', i);
    if (change.from !== undefined) put(doc, [...at, 'from'], change.from);
    if (change.to !== undefined) put(doc, [...at, 'to'], change.to);
    if (change.error !== undefined) put(doc, [...at, 'error', 'type'], change.error);
    if (change.type !== undefined) {
      for (const name of ['group', 'queue']) doc.deleteIn([...at, name]);
      put(doc, [...at, 'type'], change.type);
    }
  });
}

/** The file that plays one side of a run again: its seed, and its policies in the jobs. */
export const exported = (source: string, seed: number, choice: LabChoice): string =>
  edited(source, (doc) => {
    doc.set('seed', seed);
    if (!choice.policy && choice.name === 'scenario') return;
    itemsOf(doc, 'jobs').forEach((_, i) => {
      const policy = choice.policy ? doc.createNode(policyForFile(choice.policy)) : choice.name;
      if (isMap(policy)) policy.flow = true;
      doc.setIn([...entry(doc, 'jobs', i), 'retry'], policy);
    });
  });
