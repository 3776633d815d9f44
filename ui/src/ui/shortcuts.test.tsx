// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { show } from '../testing/render';
import { setSingleKeys } from './preferences';
import { isSingleKey, useShortcuts } from './shortcuts';

function Keys({ go, open }: { go(): void; open(): void }) {
  useShortcuts('Test', [
    { keys: ['g o'], label: 'Go', run: go },
    { keys: ['o'], label: 'Open', run: open },
  ]);
  return null;
}

it('a key after another is a shortcut of its own, and alone it keeps its meaning', () => {
  const [go, open] = [vi.fn(), vi.fn()];
  show(<Keys go={go} open={open} />);
  const press = (...keys: string[]) => keys.map((key) => fireEvent.keyDown(document.body, { key }));
  press('g', 'o');
  expect([go.mock.calls.length, open.mock.calls.length]).toEqual([1, 0]);
  press('o');
  expect(open).toHaveBeenCalledOnce();
  press('g', 'x', 'o');
  expect([go.mock.calls.length, open.mock.calls.length]).toEqual([1, 2]);
});

function Field({ save, all }: { save(): void; all(): void }) {
  useShortcuts('Field', [
    { keys: ['Ctrl+S'], label: 'Save', run: save, isEverywhere: true },
    { keys: ['Ctrl+A'], label: 'All', run: all },
    { keys: ['Shift+ArrowDown'], label: 'Down', run: all },
    { keys: ['Space'], label: 'Pick', run: all },
  ]);
  return (
    <>
      <input aria-label="Name" />
      <input type="checkbox" aria-label="Box" />
    </>
  );
}

it('keys with Ctrl or Shift have names of their own, and inputs keep theirs', () => {
  const [save, all] = [vi.fn(), vi.fn()];
  const { getByLabelText } = show(<Field save={save} all={all} />);
  fireEvent.keyDown(getByLabelText('Name'), { key: 'a', ctrlKey: true });
  fireEvent.keyDown(document.body, { key: 'ArrowDown' });
  expect(all).not.toHaveBeenCalled();
  fireEvent.keyDown(getByLabelText('Name'), { key: 's', ctrlKey: true });
  expect(save).toHaveBeenCalledOnce();
  fireEvent.keyDown(getByLabelText('Box'), { key: 'a', metaKey: true });
  fireEvent.keyDown(document.body, { key: 'ArrowDown', shiftKey: true });
  fireEvent.keyDown(document.body, { key: ' ' });
  expect(all).toHaveBeenCalledTimes(3);
  fireEvent.keyDown(getByLabelText('Box'), { key: ' ' });
  expect(all).toHaveBeenCalledTimes(3);
});

it('single keys can be switched off', () => {
  const open = vi.fn();
  show(<Keys go={() => {}} open={open} />);
  setSingleKeys(false);
  fireEvent.keyDown(document.body, { key: 'o' });
  expect(open).not.toHaveBeenCalled();
  setSingleKeys(true);
  fireEvent.keyDown(document.body, { key: 'o' });
  expect(open).toHaveBeenCalledOnce();
});

it.each([
  ['j', true],
  ['/', true],
  ['Shift+Z', true],
  ['g o', true],
  ['Ctrl+A', false],
  ['Ctrl+Shift+A', false],
  ['Escape', false],
  ['Space', false],
  ['Shift+ArrowDown', false],
])('%s is a single key: %s', (key, isSingle) => expect(isSingleKey(key)).toBe(isSingle));
