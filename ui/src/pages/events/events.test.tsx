// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { JobEvent } from '../../api/types';
import { makeEvent, T0 } from '../../testing/jobs';
import { show } from '../../testing/render';
import { makeSlot } from '../../testing/slots';
import { attemptOf } from './attemptOf';
import { JobField } from './JobField';
import { secondBars } from './RateBars';
import { rowSummary } from './rowSummary';
import { TypeChips } from './TypeChips';

/** The chips as on the page: what they choose is what they show. */
function Chips({ from, onTypes }: { from: readonly string[]; onTypes(types: readonly string[]): void }) {
  const [types, setTypes] = useState(from);
  const now = Date.now();
  const slots = [
    makeSlot(now - 400_000, { failed: 9 }),
    makeSlot(now - 1000, { failed: 2, cancelled: 1, other: 1 }),
  ];
  const choose = (next: readonly string[]): void => {
    setTypes(next);
    onTypes(next);
  };
  return <TypeChips slots={slots} types={types} onTypes={choose} />;
}

describe('the chips of types', () => {
  const pressed = () =>
    screen
      .getAllByRole('button', { pressed: true })
      .map((chip) => chip.textContent?.replace(/[\d,]*$/, ''))
      .join();
  const chip = (name: string) => screen.getByRole('button', { name: new RegExp(`^${name}`) });

  it('count the last five minutes, and each adds its type or takes it away', () => {
    const choose = vi.fn();
    show(<Chips from={['Failed']} onTypes={choose} />);
    screen.getByRole('button', { name: /^Failed ?2$/, pressed: true });
    expect(pressed()).toBe('Failed');
    fireEvent.click(chip('Created'));
    expect(pressed()).toBe('Created,Failed');
    fireEvent.click(chip('Failed'));
    expect(pressed()).toBe('Created');
    fireEvent.click(chip('Created'));
    expect(pressed()).toBe('All');
    expect(choose.mock.calls).toEqual([[['Created', 'Failed']], [['Created']], [[]]]);
  });
  it('keep only one with Alt, or clicked twice, and none by the one for all', () => {
    show(<Chips from={['Created', 'Failed']} onTypes={() => {}} />);
    fireEvent.click(chip('Attempted'), { altKey: true });
    expect(pressed()).toBe('Attempted');
    fireEvent.click(chip('Failed'));
    fireEvent.keyDown(chip('Created'), { key: 'Enter', altKey: true });
    expect(pressed()).toBe('Created');
    fireEvent.click(chip('Failed'));
    fireEvent.click(chip('Failed'), { detail: 1 });
    fireEvent.click(chip('Failed'), { detail: 2 });
    expect(pressed()).toBe('Failed');
    fireEvent.click(screen.getByRole('button', { name: /^All ?4$/ }));
    expect(pressed()).toBe('All');
  });
  it('are of other types only when one is chosen, and stay when it is let go', () => {
    show(<Chips from={['Failed', 'QueuePaused']} onTypes={() => {}} />);
    expect(pressed()).toBe('Failed,QueuePaused');
    expect(screen.queryByRole('button', { name: /^Purged/ })).toBeNull();
    screen.getByRole('button', { name: /^Others ?2$/ });
    fireEvent.click(chip('QueuePaused'));
    expect(pressed()).toBe('Failed');
    fireEvent.click(chip('QueuePaused'));
    expect(pressed()).toBe('Failed,QueuePaused');
  });
});

describe('the field for a job', () => {
  const type = (text: string) => {
    const choose = vi.fn();
    show(<JobField job={null} onJob={choose} />);
    fireEvent.change(screen.getByLabelText('Job ID'), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: 'Only this job' }));
    return choose;
  };
  it('takes a number as it is written', () => expect(type('16,078,643')).toHaveBeenCalledWith(16078643));
  it('says what it wants', () => {
    expect(type('abc')).not.toHaveBeenCalled();
    expect(screen.getByRole('alert').textContent).toBe('A job ID is a number');
  });
});

describe('the summary of an event', () => {
  it('has the run time when the start of the attempt is among the rows', () => {
    const start = makeEvent('Attempted', 0, { attempt: 2, worker: 'w' });
    const end = makeEvent('Succeeded', 31, { fence: start.seq, result: null });
    const rows = [makeEvent('Other', 0), start, end].sort((a, b) => a.seq - b.seq);
    expect(rowSummary(end, attemptOf(end, rows), 'UTC')).toBe('2 after 31 ms');
    expect(attemptOf(end, [end])).toBeUndefined();
  });
  it('of the system has its plain fields', () => {
    const paused = {
      ...makeEvent('QueuePaused', 0, { queue: 'imports', reason: 'deploy', by: null }),
      job: 0,
    };
    expect(rowSummary(paused, undefined, 'UTC')).toBe('queue imports, reason deploy');
  });
  it('of faults and forks is a sentence', () => {
    const words = (type: string, data: JobEvent['data']) =>
      rowSummary({ ...makeEvent(type, 0, data), job: 0 }, undefined, 'UTC');
    const fault = { rule: 'lost', kind: 'drop_ack', job: 7, fence: 12, worker: 'w' };
    expect(words('FaultInjected', fault)).toBe('job 7: result lost, worker w, rule lost');
    expect(words('FaultInjected', { ...fault, kind: 'quiet_beat', job: 0 })).toBe(
      'told to be quiet, worker w, rule lost',
    );
    const rule = { name: 'lost', kind: 'drop_ack', queue: 'q', type: '', probability_ppm: 250_000, every: 0 };
    expect(words('FaultRuleSet', rule)).toBe('rule lost: result lost, 25 %, queue q');
    expect(words('FaultRuleSet', { ...rule, every: 3 })).toBe('rule lost: result lost, every 3, queue q');
    expect(words('Forked', { from: 4, last: 90, redacted: true })).toBe(
      'a copy of events 4 to 90 of another log, redacted',
    );
  });
});

it('the bars are of the last 60 whole seconds', () => {
  const bars = secondBars(
    [makeSlot(T0 - 2000, { created: 3, failed: 1 }), makeSlot(T0 - 61_000, { created: 9 })],
    T0,
  );
  expect(bars).toHaveLength(60);
  expect(bars.at(-1)).toEqual({ all: 4, failed: 1, dead: 0 });
  expect(bars[0]?.all).toBe(9);
});
