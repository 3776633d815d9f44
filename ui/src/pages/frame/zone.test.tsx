// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { beforeAll, expect, it, vi } from 'vitest';
import { show } from '../../testing/render';
import { setZone } from '../../ui/preferences';
import { ZoneList } from './ZoneList';

beforeAll(() => {
  // The list measures and scrolls itself, which nothing here does.
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollIntoView = () => {};
});

// Hundreds of rows are slow to make in jsdom, on a busy machine.
const PATIENCE_MS = 30_000;

// By role they would be looked for in the whole tree, which takes seconds.
const options = (): (string | null)[] =>
  [...document.querySelectorAll('[role="option"]')].map((option) => option.textContent);

it(
  'a zone is found by its city or offset and chosen with the keyboard',
  () => {
    const onChosen = vi.fn();
    setZone('Asia/Tokyo');
    show(<ZoneList onChosen={onChosen} />);
    expect(options().length).toBeGreaterThan(300);
    expect(options()[0]).toMatch(/this browser/);
    expect(options().find((text) => text?.includes('chosen'))).toBe('Asia/TokyoUTC+9chosen');
    const input = screen.getByPlaceholderText('City, region or offset');
    fireEvent.change(input, { target: { value: 'st johns' } });
    expect(options()).toEqual([expect.stringMatching(/^America\/St JohnsUTC−[23]:30$/)]);
    fireEvent.keyDown(input, { key: 'Enter' });
    expect(onChosen).toHaveBeenCalledOnce();
    expect(localStorage.getItem('retrylab.zone')).toBe('America/St_Johns');
  },
  PATIENCE_MS,
);

it(
  'UTC is one of them, and what is no zone says so',
  () => {
    show(<ZoneList onChosen={() => {}} />);
    const input = screen.getByPlaceholderText('City, region or offset');
    fireEvent.change(input, { target: { value: 'utc' } });
    expect(options()).toEqual(['UTC']);
    fireEvent.change(input, { target: { value: 'olympus mons' } });
    expect(options()).toEqual([]);
    screen.getByText('The browser knows no such zone');
  },
  PATIENCE_MS,
);
