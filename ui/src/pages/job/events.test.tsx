// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { failedOnce } from '../../testing/jobs';
import { show } from '../../testing/render';
import { EventList } from './EventList';
import { StateDiff } from './StateDiff';
import { appendEvents } from './useJob';

describe('the events of a job', () => {
  it('are options of which one is chosen, and the stepper moves', () => {
    const choose = vi.fn();
    show(<EventList events={failedOnce()} chosen={2} onChoose={choose} />);
    const chosen = screen.getByRole('option', { selected: true });
    expect(chosen.textContent).toContain('PlannedFailure after 500 ms');
    fireEvent.click(screen.getByRole('button', { name: 'Previous event' }));
    fireEvent.click(screen.getByRole('button', { name: 'Last event' }));
    expect(choose.mock.calls).toEqual([[1], [3]]);
  });

  it('of the attempt that is pointed at are marked', () => {
    const events = failedOnce();
    const [from, to] = [events[1]?.seq ?? 0, events[3]?.seq ?? 0];
    show(<EventList events={events} chosen={3} pointed={[from, to]} onChoose={() => {}} />);
    const marked = screen.getAllByRole('option').map((row) => row.classList.contains('of'));
    expect(marked).toEqual([false, true, true, false]);
  });

  it('show the state after the chosen one as a diff', () => {
    show(<StateDiff events={failedOnce()} chosen={2} />);
    expect(screen.getByText('State after event 3')).toBeTruthy();
    expect(screen.getByText('Planned failure 1/2')).toBeTruthy();
  });

  it('are not doubled by a resumed stream', () => {
    const events = failedOnce().map((value) => ({ value, text: '' }));
    expect(appendEvents(events.slice(0, 3), events.slice(1))).toHaveLength(4);
  });
});
