import type { JobEvent, Json, JsonObject } from '../api/types';
import { brief } from './json';
import { plural } from './numbers';
import { clockOrDate, coarse, duration, millis, type Zone } from './time';

const REASONS: Record<string, string> = {
  attempts_exhausted: 'attempts used up',
  non_retryable: 'not retryable',
  poison: 'it took workers down',
  max_age: 'too old to retry',
  operator: 'by an operator',
  rule: 'by a rule',
};

const CAUSES: Record<string, string> = {
  error: 'Error',
  timeout: 'Timeout',
  lease_expired: 'Lease expired',
  worker_lost: 'Worker lost',
  interrupted: 'Interrupted',
};

export const reasonWords = (reason: Json | undefined): string => REASONS[String(reason)] ?? brief(reason);
export const causeWords = (cause: Json | undefined): string => CAUSES[String(cause)] ?? brief(cause);

export function errorOf(data: JsonObject): { type: string; message: string; backtrace: string[] } {
  const error = (data.error ?? {}) as JsonObject;
  return {
    type: typeof error.type === 'string' && error.type !== '' ? error.type : causeWords(data.cause),
    message: typeof error.message === 'string' ? error.message : '',
    backtrace: Array.isArray(error.backtrace) ? error.backtrace.map(String) : [],
  };
}

const by = (data: JsonObject): string => {
  const who = data.by ? `by ${brief(data.by)}` : '';
  return data.reason ? `${who}${who ? ', ' : ''}${brief(data.reason)}` : who;
};

/** The start of the attempt that an event ends. */
function startOf(event: JobEvent, events: readonly JobEvent[]): JobEvent | undefined {
  return events.findLast((other) => other.type === 'Attempted' && other.version < event.version);
}

const took = (event: JobEvent, start: JobEvent | undefined): string =>
  start ? ` after ${duration(millis(event.at) - millis(start.at))}` : '';

/** A time that an event names, as seen when it happened. */
export const timeWords = (at: string, event: JobEvent, zone: Zone): string =>
  clockOrDate(millis(at), zone, millis(event.at));

/** One line for an event: what it says beyond its name. */
export function eventSummary(event: JobEvent, events: readonly JobEvent[], zone: Zone): string {
  const { data } = event;
  const start = startOf(event, events);
  switch (event.type) {
    case 'Created':
      return `${brief(data.type)} in ${brief(data.queue)}, up to ${plural(Number(data.max_attempts), 'attempt')}`;
    case 'Attempted':
      return `${brief(data.attempt)} on ${brief(data.worker)}`;
    case 'Failed':
      return `${brief(data.attempt)}, ${errorOf(data).type}${took(event, start)}`;
    case 'Succeeded':
      return `${start ? brief(start.data.attempt) : ''}${took(event, start)}`.trim();
    case 'RetryScheduled':
      return `${start ? Number(start.data.attempt) + 1 : 'next'} in ${duration(Number(data.delay_ms))}`;
    case 'DeadLettered':
      return data.reason === 'rule' ? brief(data.by) : reasonWords(data.reason);
    case 'Extended':
      return typeof data.until === 'string' ? `until ${timeWords(data.until, event, zone)}` : '';
    case 'Progressed':
      return [
        data.percent == null ? '' : `${brief(data.percent)} %`,
        data.text == null ? '' : brief(data.text),
      ]
        .filter(Boolean)
        .join(', ');
    case 'Rescheduled':
      return [dueWords(event), by(data)].filter(Boolean).join(', ');
    case 'Requeued':
      return [`generation ${event.generation}`, editWords(data), by(data)].filter(Boolean).join(', ');
    default:
      return by(data);
  }
}

function dueWords(event: JobEvent): string {
  if (typeof event.data.due !== 'string') return '';
  const gap = millis(event.data.due) - millis(event.at);
  return gap <= 0 ? 'due now' : `due in ${coarse(gap)}`;
}

function editWords(data: JsonObject): string {
  const edited = ['payload', 'max_attempts', 'retry'].filter((name) => data[name] != null);
  return edited.length > 0 ? `edited ${edited.join(' and ')}` : '';
}
