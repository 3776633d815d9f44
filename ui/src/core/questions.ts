import type { Gate, Run, Why } from '../api/why';
import { millis } from './time';

// Which questions a job page offers, and which of them are open.

export type Question = 'waiting' | 'delay' | 'failed' | 'twice';

/** A job that waits this long opens its question by itself. */
export const LONG_WAIT_MS = 60_000;

/** What the policy did not plan: the handler ran again though nothing had reported a failure. */
const UNPLANNED: ReadonlySet<Run['reason']> = new Set([
  'lease_expired',
  'worker_lost',
  'interrupted',
  'released',
  'requeued',
]);

/** Only questions the log can answer; `told` are those that the job's own events do. */
export function questionsOf(why: Why | undefined, told: readonly Question[] = []): Question[] {
  const out = [...told];
  if (why && why.waiting !== null) out.unshift('waiting');
  if (why?.executions.runs.some((run) => UNPLANNED.has(run.reason))) out.push('twice');
  return out;
}

/** How long the job has been ready to run without running. */
export function readyFor(why: Why): number {
  const due = why.waiting?.gates.find((gate) => gate.gate === 'due');
  return !due || due.closed || due.since === null ? 0 : millis(why.at) - millis(due.since);
}

export function isOpen(question: Question, chosen: string | undefined, why: Why | undefined): boolean {
  if (chosen !== undefined) return chosen.split(',').includes(question);
  return question === 'waiting' && why !== undefined && readyFor(why) >= LONG_WAIT_MS;
}

/** What the address holds after a question was opened or closed. */
export function toggled(
  question: Question,
  chosen: string | undefined,
  why: Why | undefined,
  told: readonly Question[] = [],
): string {
  const open = questionsOf(why, told).filter((each) => isOpen(each, chosen, why) !== (each === question));
  return open.length === 0 ? 'none' : open.join(',');
}

export interface GateBar {
  gate: Gate;
  /** Of the time from the first reason until now, 0 to 100; null: since when is not known. */
  from: number | null;
  forMs: number | null;
}

/** The closed gates as bars that end now. */
export function gateBars(gates: readonly Gate[], now: number): GateBar[] {
  const closed = gates.filter((gate) => gate.closed);
  const times = closed.flatMap((gate) => (gate.since === null ? [] : [millis(gate.since)]));
  const first = Math.min(now, ...times);
  const span = Math.max(1, now - first);
  return closed.map((gate) => {
    if (gate.since === null) return { gate, from: null, forMs: null };
    const since = Math.min(now, millis(gate.since));
    return { gate, from: (100 * (since - first)) / span, forMs: now - since };
  });
}
