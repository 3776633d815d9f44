// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { makeDepth, T0 } from '../../testing/jobs';
import { show } from '../../testing/render';
import { DepthTable } from './DepthTable';

const MINUTE = 60_000;
it('the charts of a queue are numbers too, the newest first', () => {
  const series = [
    makeDepth(0, { queued: 1284, limit: 4 }),
    makeDepth(2, { queued: 3, running: 2, succeeded: 7, failed: 1 }),
    makeDepth(3, { succeeded: 9, failed: 1 }),
  ];
  show(<DepthTable series={series} stepMs={2 * MINUTE} now={T0 + 3 * MINUTE} />);
  const cells = screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => [...row.children].slice(1).map((cell) => cell.textContent));
  expect(screen.getByRole('rowheader', { name: 'now' })).toBeTruthy();
  expect(cells).toEqual([
    ['0', '0', '0', 'none', '–', '–'],
    ['3', '0', '2', 'none', '2', '0'],
    ['1,284', '0', '0', '4', '7', '1'],
  ]);
});
