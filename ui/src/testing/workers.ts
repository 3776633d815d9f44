import type { Worker } from '../api/types';

export const makeWorker = (name: string, part: Partial<Worker> = {}): Worker => ({
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
  ...part,
});
