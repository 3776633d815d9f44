import { describe, expect, it } from 'vitest';
import type { Worker } from '../api/types';
import { makeJob } from '../testing/jobs';
import { arrange, kindOf, matches, tally } from './workers';

const worker = (name: string, more: Partial<Worker> = {}): Worker => ({
  name,
  host: 'etl-2.local',
  pid: 41,
  labels: [],
  protocol: 'faktory',
  queues: [],
  state: 'running',
  lost: false,
  connections: 1,
  rss_kb: 0,
  beats: 3,
  since: '2026-11-23T15:00:00Z',
  seen_at: '2026-11-23T15:04:00Z',
  running: [],
  ...more,
});

describe('workers', () => {
  it('tells a language by the labels', () => {
    expect(kindOf(worker('a', { labels: ['web', 'golang'] })).words).toBe('Faktory client, Go');
    expect(kindOf(worker('a', { labels: ['ruby-3.1.2'] })).short).toBe('Rb');
    expect(kindOf(worker('a', { labels: ['retrylab-worker'] })).words).toBe('retrylab worker');
    expect(kindOf(worker('a', { labels: ['golfer'] })).words).toBe('Faktory client');
    expect(kindOf(worker('a', { protocol: 'http' })).words).toBe('over HTTP');
  });

  it('puts trouble first', () => {
    const names = arrange(
      [worker('b'), worker('a'), worker('q', { state: 'quiet' }), worker('z', { lost: true })],
      [],
    ).map((each) => each.worker.name);
    expect(names).toEqual(['z', 'q', 'a', 'b']);
  });

  it('joins jobs to their workers and counts them', () => {
    const running = [makeJob({ id: 7, type: 'mail', executions: 2 }), makeJob({ id: 8, executions: 1 })];
    const known = arrange(
      [worker('a', { running: [7, 8, 9].map((job) => ({ job, fence: job })) }), worker('l', { lost: true })],
      running,
    );
    expect(known[1]?.slots.map(({ job }) => job?.type ?? null)).toEqual(['mail', running[1]?.type, null]);
    expect(tally(known)).toEqual({ busy: 3, retries: 1, healthy: 1, quiet: 0, lost: 1 });
  });

  it('finds by name, host and the type of a job', () => {
    const known = arrange(
      [worker('w-1', { running: [{ job: 7, fence: 1 }] })],
      [makeJob({ id: 7, type: 'mail.send' })],
    );
    const [only] = known;
    expect(['W-1', 'etl', 'mail.', ''].every((text) => only && matches(only, text))).toBe(true);
    expect(only && matches(only, 'nobody')).toBe(false);
  });
});
