import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  addGroup,
  addOutage,
  exported,
  readScenario,
  removeEntry,
  setField,
  setGroup,
  setOutage,
} from './scenario';

const examples = import.meta.glob<string>('../../../examples/lab/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const OUTAGE = examples['../../../examples/lab/outage.yaml'] ?? '';
const POISON = examples['../../../examples/lab/poison-job.yaml'] ?? '';

const formOf = (text: string) => {
  const { form, fault } = readScenario(text);
  if (!form) throw new Error(`${fault?.line}: ${fault?.message}`);
  return form;
};

describe('a scenario as a form', () => {
  it('shows what is common, and leaves the rest to the text', () => {
    const form = formOf(OUTAGE);
    expect(form).toMatchObject({ seed: '7', duration: '12h', slots: '20', policies: ['patient'], checks: 6 });
    expect(form.groups).toEqual([
      {
        type: 'charge',
        name: '',
        queue: 'payments',
        by: 'rate',
        amount: '12/min',
        takes: '300',
        plan: 'random',
        planValue: '0.98',
        maxAttempts: '25',
        retry: 'patient',
      },
    ]);
    expect(form.outages).toEqual([{ from: '1h', to: '3h', type: 'charge', error: 'GatewayDown' }]);
    const poison = formOf(POISON);
    expect(poison.slots).toBeNull();
    expect(poison.groups[1]).toMatchObject({
      name: 'poison',
      by: 'count',
      amount: '1',
      plan: 'sequence',
      planValue: 'crash',
    });
  });
  it('says where the text is wrong', () => {
    expect(readScenario('jobs: [\n')).toMatchObject({ form: null, fault: { line: 2 } });
    expect(readScenario('- a\n').fault).toEqual({ line: 1, message: 'must be a map of names and values' });
    expect(readScenario('a: 1\na: 2\n').fault?.message).toMatch(/unique/);
  });
  it('reads JSON too, and one map in place of a list', () => {
    const form = formOf('{"jobs": {"type": "mail", "count": 3}, "outages": []}');
    expect(form.groups[0]).toMatchObject({ type: 'mail', by: 'count', amount: '3', plan: 'default' });
  });
});

describe('what the form changes', () => {
  it('changes in the text, and nothing else: comments stay', () => {
    const text = setField(setGroup(OUTAGE, 0, { by: 'rate', amount: '30/s' }), ['workers', 'slots'], '8');
    expect(text).toContain('rate: 30/s');
    expect(text).toContain('slots: 8');
    expect(text).toContain('# Does this retry policy survive an outage of two hours?');
    expect(text).toContain('# half of the delay, so that they do not come back all at once');
    expect({ ...parse(text), jobs: 0, workers: 0 }).toEqual({ ...parse(OUTAGE), jobs: 0, workers: 0 });
  });
  it('an emptied field goes', () => {
    expect(parse(setField(OUTAGE, ['duration'], '')).duration).toBeUndefined();
    expect(parse(setGroup(OUTAGE, 0, { maxAttempts: '' })).jobs[0].max_attempts).toBeUndefined();
  });
  it('a rate becomes a count, and a plan another', () => {
    const counted = parse(setGroup(OUTAGE, 0, { by: 'count', amount: '500' })).jobs[0];
    expect([counted.rate, counted.count]).toEqual([undefined, 500]);
    const planned = (plan: 'succeed' | 'failTimes' | 'sequence' | 'default', planValue?: string) =>
      parse(setGroup(OUTAGE, 0, { plan, planValue })).jobs[0].payload;
    expect(planned('succeed')).toEqual({ force: 'success', duration_ms: 300 });
    expect(planned('failTimes', '4')).toEqual({ fail_times: 4, duration_ms: 300 });
    expect(planned('sequence', 'crash, success')).toEqual({
      sequence: ['crash', 'success'],
      duration_ms: 300,
    });
    expect(planned('default')).toEqual({ duration_ms: 300 });
  });
  it('entries come and go', () => {
    const two = addOutage(addGroup(OUTAGE));
    expect(formOf(two).groups.map(({ type }) => type)).toEqual(['charge', 'email.send']);
    expect(formOf(addGroup(two)).groups[2]?.type).toBe('email.send.2');
    expect(formOf(two).outages).toHaveLength(2);
    const none = removeEntry(removeEntry(two, 'outages', 1), 'outages', 0);
    expect(parse(none).outages).toBeUndefined();
    expect(parse(setOutage(OUTAGE, 0, { to: '2h', type: '' })).outages[0]).toMatchObject({
      from: '1h',
      to: '2h',
    });
    const first = addOutage('jobs: [{type: mail, count: 1}]\n');
    expect(parse(first).outages).toHaveLength(1);
  });
  it('a text that cannot be read stays as it is', () => {
    expect(addGroup('jobs: [')).toBe('jobs: [');
  });
});

describe('the exported file', () => {
  it('has the seed and the policy of its side in every job', () => {
    const policy = { name: 'hasty', kind: 'fixed', base_ms: 10_000, max_age_ms: null } as const;
    const file = parse(exported(addGroup(OUTAGE), 42, { name: 'hasty', policy }));
    expect(file.seed).toBe(42);
    for (const job of file.jobs) expect(job.retry).toEqual({ name: 'hasty', kind: 'fixed', base_ms: 10_000 });
    expect(file.expect).toEqual(parse(OUTAGE).expect);
  });
  it('or names one of the scenario, or leaves its own', () => {
    const named = parse(exported(addGroup(OUTAGE), 7, { name: 'patient', policy: null }));
    expect(named.jobs.map(({ retry }: { retry: string }) => retry)).toEqual(['patient', 'patient']);
    expect(parse(exported(OUTAGE, 7, { name: 'scenario', policy: null }))).toEqual(parse(OUTAGE));
  });
});
