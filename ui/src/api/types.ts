export type Status =
  | 'SCHEDULED'
  | 'QUEUED'
  | 'RUNNING'
  | 'RETRYING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'CANCELLED'
  | 'DISCARDED';

export type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

export interface RetryPolicy {
  kind: 'exponential' | 'linear' | 'fixed' | 'faktory';
  base_ms: number;
  factor: number;
  cap_ms: number;
  jitter: number;
  max_age_ms: number | null;
}

export interface JobError {
  type: string;
  message: string;
  backtrace: string[];
}

export interface Job {
  id: number;
  type: string;
  payload: JsonObject;
  status: Status;
  attempts: number;
  max_attempts: number;
  last_error: string | null;
  queue: string;
  priority: number;
  handler: string | null;
  executions: number;
  generation: number;
  created_at: string;
  updated_at: string;
  run_at: string | null;
  next_attempt_at: string | null;
  started_at: string | null;
  finished_at: string | null;
  timeout_ms: number | null;
  retry: RetryPolicy;
  tags: string[];
  worker: string | null;
  lease_expires_at: string | null;
  error: JobError | null;
  result: Json;
  idempotency_key: string | null;
  version: number;
  seq: number;
}

export interface JobEvent {
  seq: number;
  job: number;
  version: number;
  generation: number;
  type: string;
  at: string;
  data: JsonObject;
}

/** What was parsed, and the text it was parsed from. */
export interface WithText<T> {
  value: T;
  text: string;
}

export type Counts = Record<Status, number>;

export interface Stats {
  seq: number;
  total: number;
  by_status: Counts;
  by_queue?: Record<string, Partial<Counts>>;
  by_type?: Record<string, Partial<Counts>>;
  oldest_queued_at: string | null;
}

export interface JobFilter {
  status: Status[];
  type: string | null;
  queue: string | null;
}

export interface JobPage {
  jobs: Job[];
  total: number;
  estimated: boolean;
  next: string | null;
}

export interface Queue {
  name: string;
  paused: boolean;
  pause_reason: string;
  concurrency: number | null;
  running: number;
  /** Jobs that could start now. */
  ready: number;
  by_status: Counts;
}

export interface Worker {
  name: string;
  host: string;
  pid: number;
  labels: string[];
  protocol: 'faktory' | 'http';
  /** That it asked for last. */
  queues: string[];
  state: 'running' | 'quiet' | 'terminate';
  lost: boolean;
  connections: number;
  rss_kb: number;
  beats: number;
  since: string;
  seen_at: string;
  running: { job: number; fence: number }[];
}

export interface BatchCallback {
  state: string;
  job: number | null;
}

export interface Batch {
  id: string;
  description: string;
  parent: string | null;
  state: string;
  created_at: string;
  total: number;
  pending: number;
  succeeded: number;
  failed: number;
}

export interface FieldError {
  field: string;
  message: string;
}
