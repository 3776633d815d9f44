import { describe, expect, it } from 'vitest';
import { makeCounts, makeJob } from '../testing/jobs';
import { makeWorker } from '../testing/workers';
import { arrange, kindOf, kindsOf, matches, tally, unserved } from './workers';

describe('workers', () => {
  it('tells a language by the labels', () => {
    expect(kindOf(makeWorker('a', { labels: ['web', 'golang'] })).words).toBe('Faktory client, Go');
    expect(kindOf(makeWorker('a', { labels: ['ruby-3.1.2'] })).short).toBe('Rb');
    expect(kindOf(makeWorker('a', { labels: ['retrylab-worker'] })).words).toBe('retrylab worker');
    expect(kindOf(makeWorker('a', { labels: ['golfer'] })).words).toBe('Faktory client');
    expect(kindOf(makeWorker('a', { protocol: 'http' })).words).toBe('over HTTP');
    expect(kindOf(makeWorker('a', { protocol: '' })).words).toBe('not heard of since the start');
  });

  it('puts trouble first', () => {
    const names = arrange(
      [
        makeWorker('b'),
        makeWorker('a'),
        makeWorker('q', { state: 'quiet' }),
        makeWorker('z', { lost: true }),
      ],
      [],
    ).map((each) => each.worker.name);
    expect(names).toEqual(['z', 'q', 'a', 'b']);
  });

  it('joins jobs to their workers and counts them', () => {
    const running = [makeJob({ id: 7, type: 'mail', executions: 2 }), makeJob({ id: 8, executions: 1 })];
    const known = arrange(
      [
        makeWorker('a', { running: [7, 8, 9].map((job) => ({ job, fence: job })) }),
        makeWorker('l', { lost: true }),
      ],
      running,
    );
    expect(known[1]?.slots.map(({ job }) => job?.type ?? null)).toEqual(['mail', running[1]?.type, null]);
    expect(tally(known)).toEqual({ busy: 3, retries: 1, healthy: 1, quiet: 0, lost: 1 });
  });

  it('are of kinds, the most frequent first', () => {
    const known = arrange(
      [
        makeWorker('a', { labels: ['golang'] }),
        makeWorker('b', { protocol: 'http' }),
        makeWorker('c', { labels: ['go'] }),
      ],
      [],
    );
    expect(kindsOf(known)).toEqual([
      { id: 'go', words: 'Go', n: 2 },
      { id: 'http', words: 'HTTP', n: 1 },
    ]);
  });

  it('leave a queue alone that none of them asks for, while jobs could start there', () => {
    const queue = (name: string, more = {}) => ({
      name,
      paused: false,
      pause_reason: '',
      concurrency: null,
      running: 0,
      ready: 3,
      by_status: makeCounts(),
      ...more,
    });
    const known = arrange(
      [makeWorker('a', { queues: ['mails'] }), makeWorker('q', { queues: ['imports'], state: 'quiet' })],
      [],
    );
    const of = (...queues: ReturnType<typeof queue>[]) => unserved(queues, known)?.name;
    expect(of(queue('mails'), queue('imports'), queue('images', { ready: 9 }))).toBe('images');
    expect(of(queue('imports'))).toBe('imports');
    expect(
      of(queue('x', { paused: true }), queue('y', { ready: 0 }), queue('z', { running: 1 })),
    ).toBeUndefined();
  });

  it('finds by name, host and the type of a job', () => {
    const known = arrange(
      [makeWorker('w-1', { queues: ['nights'], running: [{ job: 7, fence: 1 }] })],
      [makeJob({ id: 7, type: 'mail.send' })],
    );
    const [only] = known;
    expect(['W-1', 'etl', 'mail.', 'nights', ''].every((text) => only && matches(only, text))).toBe(true);
    expect(only && matches(only, 'nobody')).toBe(false);
  });
});
