// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { T0 } from '../../testing/jobs';
import { show } from '../../testing/render';
import { Banner } from './Banner';

const words = (time: number | null): string => {
  const { container } = show(<Banner isLive={false} seq={null} time={time} now={T0} onLive={() => {}} />);
  return container.querySelector('.ellip')?.textContent ?? '';
};

it('the banner says how long ago a moment is, and how long until one that is yet to come', () => {
  expect(words(T0 - 90_000)).toMatch(/^You are looking at .*, 1 m 30 s ago$/);
  expect(words(T0 + 90_000)).toMatch(/^You are looking at a time that is yet to come, .*, in 1 m 30 s$/);
  expect(words(null)).toBe('You are looking at …');
});
