// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Slot } from '../../api/history';
import { failedAttempt, failingGroups, queuesOf, unaskedOf } from '../../core/failures';
import { planOf } from '../../core/history';
import { pace, rate } from '../../core/numbers';
import { duration } from '../../core/time';
import { makeEvent, T0 } from '../../testing/jobs';
import { show } from '../../testing/render';
import { makeSlot } from '../../testing/slots';
import { Attempts } from './Attempts';
import { isNew, paceWords } from './Failing';
import { signed } from './Figure';
import { dueBars, horizonOf } from './RetriesDue';
import { coversHour } from './useFailures';

const slot = (offsetMs: number, succeeded: number, failed: number, retried: number): Slot =>
  makeSlot(T0 + offsetMs, { attempted: succeeded + failed, succeeded, failed, retried });
const slots = [slot(-20_000, 5, 2, 2), slot(-2000, 1, 1, 0)];

describe('attempts by outcome', () => {
  it('say in words what the bars show', () => {
    show(<Attempts slots={slots} plan={planOf('15m')} now={T0} isTable={false} />);
    const label =
      'Attempts every 10 s: 6 attempts succeeded, 2 failed and will be retried, 1 failed for good';
    expect(screen.getByRole('img', { name: label }).querySelectorAll('rect.f-failed')).toHaveLength(1);
  });
  it('end in a time where a stretch was picked', () => {
    show(<Attempts slots={slots} plan={planOf('15m')} now={T0} isTable={false} end="15:00" />);
    expect(screen.getAllByText('15:00').length).toBeGreaterThan(0);
    expect(screen.queryByText('now')).toBeNull();
  });
  it('are picked by dragging from either side, and taken back by a double click', () => {
    const pick = vi.fn();
    const reset = vi.fn();
    const { container } = show(
      <Attempts slots={slots} plan={planOf('15m')} now={T0} isTable={false} onPick={pick} onReset={reset} />,
    );
    const brush = container.querySelector('.brush') as HTMLElement;
    brush.setPointerCapture = () => {};
    brush.getBoundingClientRect = () => ({ left: 0, width: 900 }) as DOMRect;
    const drag = (from: number, to: number): void => {
      fireEvent.pointerDown(brush, { button: 0, clientX: from });
      fireEvent.pointerMove(brush, { clientX: to });
      fireEvent.pointerUp(brush, { clientX: to });
    };
    drag(450, 452);
    expect(pick).not.toHaveBeenCalled();
    drag(600, 300);
    const [{ from, to }] = pick.mock.calls[0] as [{ from: number; to: number }];
    expect(to - from).toBe(300_000);
    fireEvent.doubleClick(brush);
    expect(reset).toHaveBeenCalledOnce();
  });
  it('are numbers in a table, newest first', () => {
    show(<Attempts slots={slots} plan={planOf('15m')} now={T0} isTable />);
    const rows = screen.getAllByRole('row').map((row) => row.textContent?.slice(-3));
    expect(rows.slice(1)).toEqual(['101', '520']);
  });
});

describe('a change', () => {
  it.each([
    [4, 1, '+3.0/s'],
    [1, 4, '−3.0/s'],
    [1, 1.01, null],
    [1, null, null],
  ])('from %s to %s', (now, before, words) => expect(signed(now, before, rate)).toBe(words));
});

it('a change of a duration has the sign of a longer or a shorter one', () =>
  expect([signed(331, 312, duration), signed(312, 1331, duration)]).toEqual(['+19 ms', '−1.02 s']));

it.each([
  [0, '0/s'],
  [1 / 60, '1/min'],
  [1 / 300, '0.2/min'],
  [0.5, '0.5/s'],
])('a pace of %d', (perSecond, words) => expect(pace(perSecond)).toBe(words));

describe('retries that are due', () => {
  const times = [T0 - 5, T0 + 500, T0 + 200_000];
  it('are shown over the shortest stretch that holds nearly all', () => {
    expect(horizonOf(times, T0)).toBe(5);
    expect(horizonOf([], T0)).toBe(1);
    expect(horizonOf([T0 + 9e7], T0)).toBe(60);
  });
  it('are counted by bars, the rest as later', () => {
    const { bars, later } = dueBars(times, T0, 1000);
    expect([bars[0], later]).toEqual([2, 1]);
  });
});

describe('what fails now', () => {
  it('is new when nothing of it failed before the last quarter of a time that is long enough', () => {
    const MINUTE = 60_000;
    expect([
      isNew([0, 0, 0, 5], T0 - 40 * MINUTE, T0),
      isNew([0, 1, 0, 5], T0 - 40 * MINUTE, T0),
      isNew([0, 0, 0, 5], T0 - 5 * MINUTE, T0),
    ]).toEqual([true, false, false]);
  });
  it('is of the last hour only when nothing of it was left out', () => {
    const at = (offsetMs: number) => failedAttempt(makeEvent('Failed', offsetMs, { attempt: 1 }));
    expect(coversHour({ attempts: [at(-1000)], scannedTo: 9, since: 0 }, T0)).toBe(true);
    expect(coversHour({ attempts: [at(-1000)], scannedTo: 9, since: 5 }, T0)).toBe(false);
    expect(coversHour({ attempts: [at(-4_000_000)], scannedTo: 9, since: 5 }, T0)).toBe(true);
  });
  it('fails at the pace of the last minutes, as far as they are known', () => {
    expect([
      paceWords({ recent: 0 }, 3_600_000),
      paceWords({ recent: 6 }, 3_600_000),
      paceWords({ recent: 1000 }, 40_000),
    ]).toEqual([null, '1/min', '25.0/s']);
  });
  it('has jobs, some of which are asked for their queue, spread over the group, until enough are known', () => {
    const failures = Array.from({ length: 25 }, (_, i) =>
      failedAttempt({ ...makeEvent('Failed', i, { attempt: 1 }), job: i % 20 }),
    );
    const [group] = failingGroups(failures, T0, T0 + 600_000);
    if (!group) throw new Error('no group');
    expect([group.count, group.jobs.size, group.recent]).toEqual([25, 20, 0]);
    expect(unaskedOf(group, new Map())).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    const known = new Map(
      [0, 2, 4, 6, 8, 10, 12, 14, 16].map((job) => [job, job < 8 ? 'mails' : 'payments']),
    );
    expect(unaskedOf(group, known)).toEqual([1]);
    expect(unaskedOf(group, known.set(18, ''))).toEqual([]);
    expect(queuesOf(group, known)).toEqual([
      { name: 'payments', n: 5 },
      { name: 'mails', n: 4 },
    ]);
  });
  it('is grouped by its signature, the most frequent first', () => {
    const failed = (offsetMs: number, message: string) =>
      failedAttempt(makeEvent('Failed', offsetMs, { attempt: 1, error: { type: 'E', message } }));
    const failures = [failed(1, 'row 1'), failed(2, 'disk full'), failed(3, 'row 2')];
    const groups = failingGroups(failures, T0, T0 + 10);
    expect(groups.map((group) => [group.count, group.last.message])).toEqual([
      [2, 'row 2'],
      [1, 'disk full'],
    ]);
  });
});
