import type { JobEvent } from '../api/types';
import { millis } from './time';

export interface Between {
  /** Started in that stretch. */
  attempts: number;
  /** Of the first attempts of jobs that were started and ended in it, those that succeeded, and all. */
  firstSucceeded: number;
  firstEnded: number;
  deadLetters: number;
}

/** What the events of a stretch of the log say of the attempts in it. */
export function between(events: readonly JobEvent[]): Between {
  const out: Between = { attempts: 0, firstSucceeded: 0, firstEnded: 0, deadLetters: 0 };
  const firsts = new Set<number>();
  for (const { seq, type, data } of events) {
    if (type === 'DeadLettered') out.deadLetters++;
    if (type === 'Attempted') {
      out.attempts++;
      if (data.attempt === 1) firsts.add(seq);
    }
    if ((type === 'Succeeded' || type === 'Failed') && firsts.has(Number(data.fence))) {
      out.firstEnded++;
      if (type === 'Succeeded') out.firstSucceeded++;
    }
  }
  return out;
}

export interface KeptFrom {
  /** When the log began. */
  began: number;
  /** When the oldest event of a job happened that is still in the log, in ms of the epoch. */
  from: number;
}

/** From when on the log has events of jobs, of its first ones; null where none has left it before that, or these do not tell. */
export function keptFrom(events: readonly JobEvent[]): KeptFrom | null {
  const place = events.findIndex(({ job }) => job !== 0);
  const [first, oldest] = [events[0], events[place]];
  if (!first || !oldest || oldest.seq === place + 1) return null;
  return { began: millis(first.at), from: millis(oldest.at) };
}
