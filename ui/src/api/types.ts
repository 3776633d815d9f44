// What the interface gives, as its description says it (openapi/, generated.ts); here is what the page knows more exactly.

import type * as Given from './generated';

export type { Batch, BatchCallback, Counts, FieldError, JobError, Queue, Status, Worker } from './generated';

type Counts = Given.Counts;
type Status = Given.Status;

export type Json = null | boolean | number | bigint | string | Json[] | { [name: string]: Json };
export type JsonObject = { [name: string]: Json };

/** What was parsed, and the text it was parsed from. */
export interface WithText<T> {
  value: T;
  text: string;
}

export interface Stats {
  seq: number;
  total: number;
  by_status: Counts;
  by_queue?: Record<string, Partial<Counts>>;
  by_type?: Record<string, Partial<Counts>>;
}

export interface JobFilter {
  status: Status[];
  type: string | null;
  queue: string | null;
  /** Has each of them. */
  tags: string[];
  /** Part of the type, of the last error's message or of a tag. */
  q: string | null;
  /** Part of the last error's type or message. */
  error: string | null;
  /** Created at this time or later, and before that one; RFC 3339. */
  after: string | null;
  before: string | null;
}

export interface JobPage {
  jobs: Job[];
  total: number;
  estimated: boolean;
  next: string | null;
}

/** As a job carries it: every value is there, but of the kind `faktory`, which has none. */
export type RetryPolicy = Required<Omit<Given.RetryPolicy, 'name'>>;

/** With integers of any size. */
export type Job = Omit<Given.Job, 'payload' | 'result' | 'retry'> & {
  payload: JsonObject;
  result: Json;
  retry: RetryPolicy & Pick<Given.RetryPolicy, 'name'>;
};

/** Of any type: a newer server may have more. */
export type JobEvent = Omit<Given.Event, 'type' | 'data'> & { type: string; data: JsonObject };
