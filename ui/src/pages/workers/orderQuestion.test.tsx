// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { arrange } from '../../core/workers';
import { show } from '../../testing/render';
import { makeWorker } from '../../testing/workers';
import { OrderQuestion } from './OrderQuestion';

it('what is asked about several workers speaks of several', () => {
  const question = { order: 'terminate' as const, workers: arrange([makeWorker('a'), makeWorker('b')], []) };
  const { rerender } = show(<OrderQuestion question={question} onClose={() => {}} onConfirm={() => {}} />);
  expect(screen.getByRole('alertdialog', { name: 'Terminate 2 workers' }).textContent).toContain(
    'They take no further job, finish what they can and end.',
  );
  const one = { ...question, workers: question.workers.slice(0, 1) };
  rerender(<OrderQuestion question={one} onClose={() => {}} onConfirm={() => {}} />);
  expect(screen.getByRole('alertdialog', { name: 'Terminate a' }).textContent).toContain(
    'It takes no further job, finishes what it can and ends.',
  );
});
