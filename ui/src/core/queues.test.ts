import { describe, expect, it } from 'vitest';
import type { Queue } from '../api/types';
import { makeCounts, makeJob } from '../testing/jobs';
import { DEFAULT_POLICY } from './policy';
import {
  arrangeQueues,
  changesOf,
  inOrder,
  isFull,
  limitFrom,
  pauseOf,
  queuesSummary,
  successOf,
} from './queues';

const none = makeCounts();
const queue = (name: string, more: Partial<Queue> = {}): Queue => ({
  name,
  paused: false,
  pause_reason: '',
  concurrency: null,
  running: 0,
  ready: 0,
  by_status: none,
  ...more,
});

describe('queues', () => {
  it('stand with the paused ones first, then by what there is to do, then by name', () => {
    const all = [queue('b'), queue('a'), queue('busy', { running: 2 }), queue('held', { paused: true })];
    expect(arrangeQueues(all).map(({ name }) => name)).toEqual(['held', 'busy', 'a', 'b']);
  });
  it('keep the places they had; new ones come after them, and what is gone leaves no hole', () => {
    const all = [queue('new'), queue('a', { running: 2 }), queue('b', { ready: 1_284 })];
    expect(inOrder(all, ['b', 'gone', 'a']).map(({ name }) => name)).toEqual(['b', 'a', 'new']);
    expect(queuesSummary(all)).toBe('3 queues, 1,284 ready, 2 running');
  });
  it('are full when as much runs as may', () => {
    expect([isFull(queue('a', { running: 5 })), isFull(queue('a', { running: 2, concurrency: 2 }))]).toEqual([
      false,
      true,
    ]);
  });
  it('are paused since the first pause after they were resumed, whatever its reason became', () => {
    const flag = (seq: number, type: string, of: string) => ({ seq, type, of, time: seq, text: '' });
    const flags = [
      flag(1, 'QueuePaused', 'a'),
      flag(2, 'QueueResumed', 'a'),
      flag(3, 'QueuePaused', 'b'),
      flag(4, 'QueuePaused', 'a'),
      flag(5, 'QueueLimited', 'a'),
      flag(6, 'QueuePaused', 'a'),
    ];
    expect(pauseOf(flags, 'a')?.seq).toBe(4);
    expect(pauseOf(flags.slice(0, 3), 'a')).toBeNull();
    expect(pauseOf([], 'a')).toBeNull();
  });
  it('succeed by share of what ended, not of what was cancelled', () => {
    expect(successOf(queue('a'))).toBeNull();
    const ended = { ...none, SUCCEEDED: 3, FAILED: 1, CANCELLED: 6 };
    expect(successOf(queue('a', { by_status: ended }))).toBe(0.75);
  });
});

it('the changes of a queue are its own and those of the policies that its jobs took', () => {
  const flag = (seq: number, type: string, of: string) => ({ seq, time: seq, text: '', type, of });
  const flags = [
    flag(1, 'QueuePaused', 'mails'),
    flag(2, 'QueuePaused', 'gentle'),
    flag(3, 'PolicySet', 'gentle'),
    flag(4, 'PolicySet', 'mails'),
  ];
  const job = makeJob({ retry: { ...DEFAULT_POLICY, name: 'gentle@2' } });
  expect(changesOf(flags, 'mails', [job, makeJob()]).map(({ seq }) => seq)).toEqual([1, 3]);
});

describe('a limit', () => {
  it.each([
    ['', null],
    [' 12 ', 12],
    ['1000000', 1_000_000],
  ])('%o is %o', (text, limit) => expect(limitFrom(text)).toBe(limit));
  it.each(['0', '-1', '1.5', 'many', '1000001'])('%o is refused', (text) =>
    expect(limitFrom(text)).toMatch(/whole number/),
  );
});
