import { expect, it } from 'vitest';
import { jobIdIn } from './JobItem';
import { rank } from './rank';

it.each([
  ['17', 17],
  [' job 16,078,643 ', 16078643],
  ['#17', 17],
  ['job', null],
  ['17 apples', null],
  ['9'.repeat(16), null],
])('%s is the ID %s', (search, id) => expect(jobIdIn(search)).toBe(id));

it('what begins a word stands before what is only in it, and every word counts', () => {
  const order = (search: string, ...values: string[]) =>
    values.filter((value) => rank(value, search) > 0).sort((a, b) => rank(b, search) - rank(a, search));
  expect(order('re', 'UTC or local time', 'Go to Event stream', 'Cancel and retry', 'Retry job 17')).toEqual([
    'Retry job 17',
    'Cancel and retry',
  ]);
  expect(order('queue pay', 'Queue payments', 'Queue email', 'Pay the queue')).toEqual([
    'Queue payments',
    'Pay the queue',
  ]);
  expect(order('ments', 'Queue payments')).toEqual(['Queue payments']);
});
