// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../api/actions';
import { iso } from '../../testing/jobs';
import { show } from '../../testing/render';
import { AskFirst } from './AskFirst';
import { OperationList } from './OperationList';
import { asks, bulkRequest, type Scope, scopeWords, wantsTyping } from './scope';

const one: Scope = { ids: [3] };
const few: Scope = { ids: [3, 1] };
const many: Scope = { ids: Array.from({ length: 101 }, (_, id) => id) };
const all: Scope = {
  filter: { status: ['FAILED'], q: 'timed out' },
  about: 1200,
  isEstimated: true,
};

describe('what is sent', () => {
  it('names the jobs, and leaves out what was not said', () => {
    expect(bulkRequest('retry', few, '', ' ')).toEqual({ action: 'retry', ids: [3, 1] });
  });
  it('says the filter, the pace and the reason', () => {
    expect(bulkRequest('discard', all, '20', 'old')).toEqual({
      action: 'discard',
      filter: { status: ['FAILED'], q: 'timed out' },
      reason: 'old',
      per_second: 20,
    });
  });
});

describe('a question', () => {
  it.each([
    ['retry', few, false, false],
    ['retry', many, true, false],
    ['retry', all, true, true],
    ['discard', one, true, false],
    ['discard', few, true, true],
    ['discard', many, true, true],
  ] as const)('before %s of %o', (action, scope, isAsked, isTyped) => {
    expect([asks(action, scope), wantsTyping(action, scope)]).toEqual([isAsked, isTyped]);
  });
  it('says that a number is an estimate', () => expect(scopeWords(all)).toBe('about 1,200 jobs'));
  it('is answered only when the number was typed', () => {
    const confirm = vi.fn();
    const question = {
      action: 'discard',
      verb: 'Discard',
      scope: many,
      of: 'Timeout',
      request: bulkRequest('discard', few),
    } as const;
    show(<AskFirst question={question} onClose={() => {}} onConfirm={confirm} />);
    const press = () => fireEvent.click(screen.getByRole('button', { name: 'Discard 101 jobs' }));
    press();
    expect(confirm).not.toHaveBeenCalled();
    const writeText = vi.fn(async (_text: string) => {});
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    fireEvent.click(screen.getByRole('button', { name: 'Copy as curl' }));
    vi.unstubAllGlobals();
    expect(writeText.mock.calls[0]?.[0]).toMatch(
      /^curl -d '\{"action":"discard","ids":\[3,1\]\}' .*\/jobs\/actions$/,
    );
    fireEvent.change(screen.getByLabelText('Type 101 to go on'), { target: { value: '101' } });
    press();
    expect(confirm).toHaveBeenCalledOnce();
  });
});

describe('an operation', () => {
  const running: Operation = {
    id: 3,
    action: 'retry',
    state: 'RUNNING',
    total: 1200,
    total_estimated: false,
    per_second: null,
    changed: 300,
    refused: 1,
    refusals: [{ job: 17, detail: 'the job is RUNNING' }],
    error: null,
    created_at: iso(0),
    finished_at: null,
  };
  const open = vi.fn();
  const list = (operation: Operation, part: object) =>
    show(
      <OperationList
        operations={{
          shown: [{ operation, title: 'Redrive of Timeout' }],
          start: () => {},
          stop: () => {},
          dismiss: () => {},
          ...part,
        }}
        onOpen={open}
      />,
    );
  it('shows how far it is, what refused, and stops', () => {
    const stop = vi.fn();
    list(running, { stop });
    const bar = screen.getByRole('progressbar', { name: 'Redrive of Timeout' });
    expect(bar.getAttribute('aria-valuenow')).toBe('301');
    expect(screen.getByRole('status').textContent).toBe('300 of 1,200 sent, 1 refused');
    expect(screen.getByText('job 17: the job is RUNNING')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect(stop).toHaveBeenCalledWith(3);
  });
  it('opens on a page of its own', () => {
    list(running, {});
    const link = screen.getByRole('link', { name: 'Redrive of Timeout' });
    expect(link.getAttribute('href')).toBe('/ui/bulk/3');
    fireEvent.click(link);
    expect(open).toHaveBeenCalledWith(3);
  });
  it('that ended is dismissed', () => {
    const dismiss = vi.fn();
    list({ ...running, state: 'STOPPED', refused: 0, refusals: [] }, { dismiss });
    expect(screen.getByRole('status').textContent).toBe('300 of 1,200 sent, stopped');
    fireEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(dismiss).toHaveBeenCalledWith(3);
  });
});
