import { expect, it } from 'vitest';
import { ChangeTint } from './changeTint';

it('a change is shown while fewer than five rows change in a second', () => {
  const tint = new ChangeTint();
  expect([0, 100, 200, 300, 400, 500].map((at) => tint.take(at))).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect([1300, 1450].map((at) => tint.take(at))).toEqual([true, true]);
});

it('while many change all the time, none is shown', () => {
  const tint = new ChangeTint();
  const shown = Array.from({ length: 1000 }, (_, i) => tint.take(i * 10)).filter(Boolean);
  expect(shown).toHaveLength(4);
});
