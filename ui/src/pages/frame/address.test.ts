import { describe, expect, it } from 'vitest';
import { unreadable } from './address';

describe('what cannot be read in an address', () => {
  it.each([
    ['/', { range: '3w', from: 'never', to: '2026-11-29T19:00:00Z' }, ['range', 'from']],
    [
      '/jobs',
      { status: 'failed,broken', peek: 'x', created_after: 'lately' },
      ['status', 'created_after', 'peek'],
    ],
    [
      '/jobs/$id',
      { event: '-1', tab: 'logs', scale: 'log', generation: 'last' },
      ['event', 'generation', 'tab', 'scale'],
    ],
    ['/dead-letters', { sort: 'age' }, ['sort']],
    ['/time-travel', { range: '7d', to: 'x', a: 'b', b: '7' }, ['range', 'to', 'a']],
    ['/events', { type: 'Failed,Exploded', job: 'all' }, ['type', 'job']],
  ])('%s %j', (route, search, names) =>
    expect(unreadable(['__root__', route], search).map(([name]) => name)).toEqual(names),
  );
  it('is nothing of what a page reads, and of what none knows', () => {
    expect(unreadable(['/'], { range: '24h' })).toEqual([]);
    expect(unreadable(['/jobs'], { status: 'failed, retrying', peek: '17', utm: 'x', sort: 'id' })).toEqual(
      [],
    );
    expect(unreadable(['/events'], { type: 'Failed' })).toEqual([]);
    expect(unreadable(['/events'], { type: 'Failed,QueuePaused', job: '0' })).toEqual([]);
    expect(unreadable(['/jobs/$id'], { event: '3', tab: 'raw', scale: 'true' })).toEqual([]);
  });
});
