// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { LabReport, LabRunResult } from '../../api/lab';
import { DEFAULT_POLICY } from '../../core/policy';
import { readScenario } from '../../core/scenario';
import { Stair } from '../../plot/Stair';
import { show } from '../../testing/render';
import { Checks } from './Checks';
import { Faults } from './Faults';
import { GroupList } from './GroupList';
import { PolicyCard } from './PolicyCard';
import { RunHead } from './RunHead';

const report = (part: Partial<LabReport> = {}): LabReport => ({
  file: 'scenario.yaml',
  name: 'an outage',
  seed: 7,
  passed: true,
  end: 'idle',
  stopped: '',
  virtual_us: 600_000_000,
  real_us: 310_000,
  events: 1200,
  trace_sha256: '9f3ce17b'.repeat(8),
  figures: {} as LabReport['figures'],
  checks: [{ passed: true, line: 9, expected: 'all jobs succeeded', found: '20 of 20 jobs' }],
  ...part,
});

const runOf = (part: Partial<LabRunResult> = {}): LabRunResult => ({
  id: 3,
  name: 'an outage',
  status: 'finished',
  stopping: false,
  partial: false,
  passed: true,
  why: '',
  created_at: '2026-11-12T13:44:07.312000Z',
  seed: 7,
  duration_us: 3_600_000_000,
  history: null,
  a: { name: 'scenario', policy: null },
  b: { name: 'hasty', policy: null },
  progress: { side: 'b', now_us: 60_000_000, events: 900, jobs: 20, ended: 4, done: 0.5 },
  scenario: '',
  outages: [],
  job: 4,
  sides: [],
  ...part,
});

const failing = report({
  passed: false,
  checks: [{ passed: false, line: 9, expected: 'all jobs succeeded', found: '3 of 20 jobs', job: 4 }],
});

describe('checks', () => {
  it('say of each side what was found, and lead to a job that shows a failure', () => {
    const onJob = vi.fn();
    show(<Checks run={runOf()} reports={[failing, report()]} onJob={onJob} />);
    expect(screen.getByText('A fails 1 of 1, B passes')).toBeTruthy();
    expect(screen.getByText('3 of 20 jobs')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'job 4' }));
    expect(onJob).toHaveBeenCalledWith(4);
    expect(screen.getAllByRole('button')).toHaveLength(1);
  });
  it('are invited where there are none', () => {
    show(<Checks run={runOf({ b: null })} reports={[report({ checks: [] })]} onJob={vi.fn()} />);
    expect(screen.getByText(/The scenario expects nothing/)).toBeTruthy();
  });
});

const head = (run: LabRunResult, reports: LabReport[] = [], refusal: string | null = null) => {
  const [onStop, onExport] = [vi.fn(), vi.fn()];
  show(
    <RunHead
      run={run}
      reports={reports}
      isOld={false}
      refusal={refusal}
      onStop={onStop}
      onExport={onExport}
    />,
  );
  return { onStop, onExport };
};

describe('the line above a result', () => {
  it('says how far a run is, and stops it', () => {
    const { onStop } = head(runOf({ status: 'running', passed: null }));
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.5');
    expect(screen.getByText('B: 1:00 of 1:00:00')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(onStop).toHaveBeenCalledOnce();
  });
  it('does not stop twice, nor without the server', () => {
    const { onStop } = head(runOf({ status: 'running', stopping: true }), [], null);
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(onStop).not.toHaveBeenCalled();
    expect(screen.getByText('Stopping')).toBeTruthy();
  });
  it('says that a run waits', () => {
    head(runOf({ status: 'queued' }));
    expect(screen.getByText('one run is played at a time')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });
  it('names the traces of a run that has ended, and what is partial', () => {
    head(runOf({ partial: true }), [report(), report()]);
    expect(screen.getByText('Finished')).toBeTruthy();
    expect(screen.getByText('partial')).toBeTruthy();
    expect(screen.getAllByText('9f3ce17b')).toHaveLength(2);
    expect(screen.getByText('10:00 in 620 ms')).toBeTruthy();
  });
});

describe('the composer', () => {
  const text = 'jobs:\n  - {type: mail, rate: 5/s, payload: {fail_times: 2}}\n';
  const form = () => {
    const { form } = readScenario(text);
    if (!form) throw new Error('not read');
    return form;
  };
  it('opens a job type, and writes what is typed into the text', () => {
    const onText = vi.fn();
    show(<GroupList groups={form().groups} text={text} onText={onText} />);
    expect(screen.getByText('{"fail_times": 2}')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^mail/ }));
    fireEvent.change(screen.getByLabelText('Rate'), { target: { value: '7/s' } });
    expect(onText).toHaveBeenCalledWith(expect.stringContaining('rate: 7/s'));
    expect(screen.queryByRole('button', { name: 'Remove' })).toBeNull();
  });
  it('makes a policy of what was chosen before', () => {
    const onCode = vi.fn();
    show(<PolicyCard side="B" code="example.hasty" form={form()} onCode={onCode} />);
    expect(screen.getByText('fixed, base 10 s')).toBeTruthy();
    fireEvent.change(screen.getByRole('combobox', { name: 'Policy B' }), { target: { value: 'own' } });
    expect(onCode).toHaveBeenCalledWith('fixed,10000,2,60000,0');
  });
  it('shows the delays as a staircase, in words too', () => {
    show(<Stair policy={{ ...DEFAULT_POLICY, base_ms: 1000, jitter: 0 }} isB={false} />);
    const name = screen.getByRole('img').getAttribute('aria-label');
    expect(name).toBe('Delays before the next attempts: 1 s, 2 s, 4 s, 8 s, 16 s, 32 s, 60 s, 60 s');
  });
  it('leads to the line of what is wrong', () => {
    const onLine = vi.fn();
    const faults = [{ field: 'scenario.jobs[0].count', message: 'must be more', line: 4 }];
    show(<Faults faults={faults} onLine={onLine} />);
    const alert = within(screen.getByRole('alert'));
    expect(alert.getByText('jobs[0].count must be more')).toBeTruthy();
    fireEvent.click(alert.getByRole('button', { name: 'Line 4' }));
    expect(onLine).toHaveBeenCalledWith(4);
  });
});
