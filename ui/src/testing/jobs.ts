import type { Counts, Job, JobEvent, JsonObject } from '../api/types';
import type { Depth } from '../core/depth';
import { DEFAULT_POLICY } from '../core/policy';

export const T0 = Date.parse('2026-11-23T15:00:00.000Z');
export const iso = (offsetMs: number): string => new Date(T0 + offsetMs).toISOString();

export const makeJob = (part: Partial<Job> = {}): Job => ({
  id: 17,
  type: 'email.send',
  payload: {},
  status: 'QUEUED',
  attempts: 0,
  max_attempts: 3,
  last_error: null,
  queue: 'default',
  priority: 5,
  handler: null,
  executions: 0,
  generation: 1,
  created_at: iso(0),
  updated_at: iso(0),
  run_at: null,
  next_attempt_at: null,
  started_at: null,
  finished_at: null,
  timeout_ms: null,
  retry: DEFAULT_POLICY,
  tags: [],
  worker: null,
  lease_expires_at: null,
  error: null,
  result: null,
  idempotency_key: null,
  version: 1,
  seq: 1,
  ...part,
});

let version = 0;

export const makeEvent = (
  type: string,
  offsetMs: number,
  data: JsonObject = {},
  generation = 1,
): JobEvent => {
  version++;
  return { seq: 100 + version, job: 17, version, generation, type, at: iso(offsetMs), data };
};

/** Created, failed once, waiting for the second attempt. */
export const failedOnce = (): JobEvent[] => [
  makeEvent('Created', 0, {
    type: 'email.send',
    queue: 'default',
    payload: {},
    max_attempts: 3,
    priority: 5,
    run_at: null,
  }),
  makeEvent('Attempted', 100, { attempt: 1, worker: 'sim-1' }),
  makeEvent('Failed', 600, {
    attempt: 1,
    cause: 'error',
    error: { type: 'PlannedFailure', message: 'Planned failure 1/2', backtrace: [] },
  }),
  makeEvent('RetryScheduled', 600, { due: iso(1120), delay_ms: 520 }),
];

export const makeCounts = (part: Partial<Counts> = {}): Counts => ({
  SCHEDULED: 0,
  QUEUED: 0,
  RUNNING: 0,
  RETRYING: 0,
  SUCCEEDED: 0,
  FAILED: 0,
  CANCELLED: 0,
  DISCARDED: 0,
  ...part,
});

/** A queue so many minutes after T0, empty but for `part`. */
export const makeDepth = (minute: number, part: Partial<Depth> = {}): Depth => ({
  at: T0 + minute * 60_000,
  queued: 0,
  retrying: 0,
  running: 0,
  limit: null,
  succeeded: 0,
  failed: 0,
  ...part,
});
