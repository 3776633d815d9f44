// @vitest-environment jsdom
import { fireEvent } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { show } from '../testing/render';
import { useShortcuts } from './shortcuts';

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
