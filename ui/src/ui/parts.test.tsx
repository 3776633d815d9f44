// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { makeJob } from '../testing/jobs';
import { show } from '../testing/render';
import { Button } from './Button';
import { StatusPill } from './Glyph';
import { JsonCode } from './JsonCode';
import { Segmented } from './Segmented';
import { keyName } from './shortcuts';
import { JobTicks } from './Ticks';

describe('a button that cannot be pressed now', () => {
  it('stays reachable and does nothing', () => {
    const press = vi.fn();
    show(
      <Button refusal="Only a Failed job" onClick={press}>
        Discard
      </Button>,
    );
    const button = screen.getByRole('button', { name: 'Discard' });
    fireEvent.click(button);
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.hasAttribute('disabled')).toBe(false);
    expect(press).not.toHaveBeenCalled();
  });
});

describe('hostile text', () => {
  it('is shown as text', () => {
    show(<JsonCode label="Payload JSON" text={'{"a":"<img src=x onerror=alert(1)>"}'} />);
    const region = screen.getByRole('region', { name: 'Payload JSON' });
    expect(region.querySelector('img')).toBeNull();
    expect(region.textContent).toBe('{"a":"<img src=x onerror=alert(1)>"}');
  });
});

describe('marks of a job', () => {
  it('say in words what they show', () => {
    show(
      <>
        <StatusPill status="RETRYING" />
        <JobTicks job={makeJob({ attempts: 2, max_attempts: 8, status: 'RETRYING' })} />
      </>,
    );
    expect(screen.getByText('Retrying')).toBeTruthy();
    expect(screen.getByRole('img', { name: '2 of 8 attempts used, 2 failed' }).children).toHaveLength(8);
  });
});

const options = [
  ['a', 'One'],
  ['b', 'Two'],
] as const;
function Chooser() {
  const [value, setValue] = useState<'a' | 'b'>('a');
  return <Segmented label="Letters" options={options} value={value} onChange={(next) => setValue(next)} />;
}

describe('a segmented control', () => {
  it('moves with the arrow keys, round its ends', () => {
    show(<Chooser />);
    fireEvent.keyDown(screen.getByRole('radio', { name: 'One' }), { key: 'ArrowLeft' });
    const two = screen.getByRole('radio', { name: 'Two' });
    expect(two.getAttribute('aria-checked')).toBe('true');
    expect(document.activeElement).toBe(two);
  });
});

describe('the name of a key', () => {
  it.each([
    [{ key: 'T', shiftKey: true }, 'Shift+T'],
    [{ key: 'j' }, 'j'],
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'ArrowDown' }, 'ArrowDown'],
  ])('%o', (init, name) => expect(keyName(new KeyboardEvent('keydown', init))).toBe(name));
});
