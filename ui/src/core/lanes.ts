import type { Job, JobEvent } from '../api/types';
import { errorOf } from './eventWords';
import { type Outcome, outcomeOf, plannedDuration, readPlan } from './plan';
import { delayRange, type Range } from './policy';
import { isEnded } from './status';
import { millis } from './time';

// The timeline of one generation of a job: what each attempt did, and what the policy and the failure plan say will follow.

export type RunOutcome = 'failed' | 'succeeded' | 'running' | 'released' | 'cancelled';

export interface PastLane {
  attempt: number;
  worker: string;
  queuedAt: number;
  startedAt: number;
  endedAt: number | null;
  outcome: RunOutcome;
  errorType: string;
  /** When the wait after a failure ends, and the event that opens the lane. */
  waitUntil: number | null;
  seq: number;
}

export interface PlannedLane {
  attempt: number;
  startsAt: Range;
  durationMs: number;
  delayAfter: Range | null;
  /** Fixed by the failure plan, should it come to this attempt. */
  outcome: Outcome | null;
  /** Whether it surely comes: every attempt before it is planned to fail. */
  isCertain: boolean;
  role: 'next' | 'later' | 'last';
}

export interface Timeline {
  start: number;
  past: PastLane[];
  planned: PlannedLane[];
}

export function buildTimeline(
  job: Job,
  events: readonly JobEvent[],
  generation: number,
  now: number,
): Timeline {
  const own = events.filter((event) => event.generation === generation);
  const past = pastLanes(own);
  const start = own[0] ? millis(own[0].at) : millis(job.created_at);
  const open = generation === job.generation && !isEnded(job.status);
  return { start, past, planned: open ? plannedLanes(job, past, now) : [] };
}

function pastLanes(events: readonly JobEvent[]): PastLane[] {
  const lanes: PastLane[] = [];
  let queuedAt = events[0] ? millis(events[0].at) : 0;
  for (const event of events) {
    const at = millis(event.at);
    const lane = lanes.at(-1);
    switch (event.type) {
      case 'Created':
        if (typeof event.data.run_at === 'string') queuedAt = Math.max(at, millis(event.data.run_at));
        break;
      case 'Attempted':
        lanes.push({
          attempt: Number(event.data.attempt),
          worker: String(event.data.worker ?? ''),
          queuedAt: Math.min(queuedAt, at),
          startedAt: at,
          endedAt: null,
          outcome: 'running',
          errorType: '',
          waitUntil: null,
          seq: event.seq,
        });
        break;
      case 'Succeeded':
      case 'Failed':
      case 'Cancelled':
      case 'Released':
        queuedAt = at;
        if (lane && lane.endedAt === null) closeLane(lane, event, at);
        break;
      case 'RetryScheduled':
      case 'Rescheduled':
        if (typeof event.data.due === 'string') queuedAt = millis(event.data.due);
        if (lane) lane.waitUntil = queuedAt;
        break;
      case 'DeadLettered':
      case 'Requeued':
        queuedAt = at;
        break;
    }
  }
  return lanes;
}

function closeLane(lane: PastLane, event: JobEvent, at: number): void {
  lane.endedAt = at;
  if (event.type === 'Succeeded') lane.outcome = 'succeeded';
  else if (event.type === 'Failed') {
    lane.outcome = 'failed';
    lane.errorType = errorOf(event.data).type;
  } else lane.outcome = event.type === 'Released' ? 'released' : 'cancelled';
}

function plannedLanes(job: Job, past: readonly PastLane[], now: number): PlannedLane[] {
  const plan = readPlan(job.payload);
  const durationMs = plannedDuration(job.payload);
  const current = past.at(-1);
  const isRunning = job.status === 'RUNNING' && current !== undefined;
  const lanes: PlannedLane[] = [];
  const first = job.attempts + (isRunning ? 2 : 1);
  let isCertain = !isRunning || isFailure(outcomeOf(plan, first - 1));
  let starts = isRunning ? afterRun(job, current, durationMs, now) : sameInstant(nextStart(job, now));
  for (let n = first; n <= job.max_attempts; n++) {
    const delayAfter = n < job.max_attempts ? delayRange(job.retry, n) : null;
    lanes.push({
      attempt: n,
      startsAt: starts,
      durationMs,
      delayAfter,
      outcome: outcomeOf(plan, n),
      isCertain,
      role: n === first && !isRunning ? 'next' : n === job.max_attempts ? 'last' : 'later',
    });
    isCertain &&= isFailure(outcomeOf(plan, n));
    if (delayAfter) {
      starts = {
        min: starts.min + durationMs + delayAfter.min,
        max: starts.max + durationMs + delayAfter.max,
      };
    }
  }
  return lanes;
}

const isFailure = (outcome: Outcome | null): boolean => outcome !== null && outcome !== 'success';

const sameInstant = (at: number): Range => ({ min: at, max: at });

function nextStart(job: Job, now: number): number {
  const due = job.next_attempt_at ?? job.run_at;
  return due === null ? now : Math.max(now, millis(due));
}

function afterRun(job: Job, current: PastLane, durationMs: number, now: number): Range {
  const end = Math.max(now, current.startedAt + durationMs);
  const delay = delayRange(job.retry, job.attempts + 1);
  return { min: end + delay.min, max: end + delay.max };
}
