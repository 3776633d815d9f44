import type { JobEvent, Json, JsonObject } from '../api/types';

// One job, folded from its events, as the log tells it. The names are those of the interface.

export interface JobState {
  status: string;
  generation: number;
  attempts: number;
  max_attempts: number;
  executions: number;
  last_error: string | null;
  worker: string | null;
  next_attempt_at: string | null;
  finished_at: string | null;
  queue: string;
  priority: number;
  payload: Json;
  retry: Json;
  result: Json;
}

export const NOTHING: JobState = {
  status: 'none',
  generation: 0,
  attempts: 0,
  max_attempts: 0,
  executions: 0,
  last_error: null,
  worker: null,
  next_attempt_at: null,
  finished_at: null,
  queue: '',
  priority: 0,
  payload: null,
  retry: null,
  result: null,
};

const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const number = (value: Json | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
const member = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)[name]
    : undefined;

export const evolve = (state: JobState, event: JobEvent): JobState => ({
  ...apply(state, event),
  generation: event.generation,
});

function apply(state: JobState, event: JobEvent): JobState {
  const { data, at } = event;
  const idle = { worker: null, next_attempt_at: null };
  switch (event.type) {
    case 'Created':
      return created(data, at);
    case 'Attempted':
      return {
        ...state,
        status: 'RUNNING',
        executions: state.executions + 1,
        worker: text(data.worker),
        next_attempt_at: null,
      };
    case 'Succeeded':
      return { ...state, ...idle, status: 'SUCCEEDED', result: data.result ?? null, finished_at: at };
    case 'Failed':
      return {
        ...state,
        worker: null,
        attempts: state.attempts + 1,
        last_error: text(member(data.error, 'message')) ?? text(data.cause),
      };
    case 'RetryScheduled':
      return { ...state, status: 'RETRYING', next_attempt_at: text(data.due) };
    case 'DeadLettered':
      return { ...state, ...idle, status: 'FAILED', finished_at: at };
    case 'Released':
      return { ...state, ...idle, status: 'QUEUED' };
    case 'Rescheduled':
      return {
        ...state,
        status: dueLater(data.due, at) ? state.status : 'QUEUED',
        next_attempt_at: text(data.due),
      };
    case 'Cancelled':
      return { ...state, ...idle, status: 'CANCELLED', finished_at: at };
    case 'Requeued':
      return requeued(state, data);
    case 'Discarded':
      return { ...state, ...idle, status: 'DISCARDED', finished_at: state.finished_at ?? at };
    default:
      return state;
  }
}

const dueLater = (due: Json | undefined, at: string): boolean => typeof due === 'string' && due > at;

function created(data: JsonObject, at: string): JobState {
  return {
    ...NOTHING,
    status: dueLater(data.run_at, at) ? 'SCHEDULED' : 'QUEUED',
    max_attempts: number(data.max_attempts, 0),
    queue: text(data.queue) ?? '',
    priority: number(data.priority, 0),
    payload: data.payload ?? null,
    retry: data.retry ?? null,
    next_attempt_at: text(data.run_at),
  };
}

function requeued(state: JobState, data: JsonObject): JobState {
  return {
    ...state,
    status: 'QUEUED',
    attempts: 0,
    last_error: null,
    worker: null,
    next_attempt_at: null,
    finished_at: null,
    result: null,
    payload: data.payload ?? state.payload,
    max_attempts: number(data.max_attempts, state.max_attempts),
    retry: data.retry ?? state.retry,
  };
}

export interface Change {
  field: keyof JobState;
  from: Json;
  to: Json;
}

const same = (a: Json, b: Json): boolean =>
  Object.is(a, b) || (typeof a === 'object' && typeof b === 'object' && brief(a) === brief(b));
const brief = (value: Json): string =>
  JSON.stringify(value, (_name, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));

/** What the event at `index` changed, field by field. */
export function changesOf(events: readonly JobEvent[], index: number): Change[] {
  let before = NOTHING;
  for (const event of events.slice(0, index)) before = evolve(before, event);
  const current = events[index];
  const after = current ? evolve(before, current) : before;
  const fields = Object.keys(after) as (keyof JobState)[];
  return fields
    .filter((field) => !same(before[field], after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }));
}

export const FIELD_COUNT = Object.keys(NOTHING).length;
