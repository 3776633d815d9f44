import type { PastQueue, PastWorker, State } from '../api/past';
import type { Counts, Job, JobEvent, JobFilter, Queue, Status, Worker } from '../api/types';
import { isNarrowed, NO_FILTER, queryFromFilter } from './filter';
import { count } from './numbers';
import { isEnded, STATUSES, statusLabel } from './status';

// What was, in the shape in which the pages show what is.

const NO_COUNTS = Object.fromEntries(STATUSES.map((status) => [status, 0])) as unknown as Counts;

/** What could have started then is what was queued, unless the queue was paused or full. */
export function queueOf(queue: PastQueue): Queue {
  const { paused, concurrency, by_status: by } = queue;
  const isHeld = paused || (concurrency !== null && by.RUNNING >= concurrency);
  return { ...queue, running: by.RUNNING, ready: isHeld ? 0 : by.QUEUED };
}

/** The log keeps who a worker was and what it ran; not its process, its queues or its memory. */
export function workersOf(workers: readonly PastWorker[], running: readonly Job[]): Worker[] {
  const jobsOf = (name: string): Worker['running'] =>
    running.filter((job) => job.worker === name).map((job) => ({ job: job.id, fence: 0 }));
  return workers.map((worker) => ({
    ...worker,
    pid: 0,
    labels: [],
    protocol: '',
    queues: [],
    connections: 0,
    rss_kb: 0,
    beats: 0,
    running: jobsOf(worker.name),
  }));
}

/** Jobs by status inside a filter, where the state tells: of all jobs, and of those of one queue. */
export function countsWithin(filter: JobFilter, state: State): Counts | undefined {
  const within = { ...filter, status: [] };
  if (!isNarrowed(within)) return state.by_status;
  if (queryFromFilter(within) !== queryFromFilter({ ...NO_FILTER, queue: filter.queue })) return undefined;
  return state.queues.find((queue) => queue.name === filter.queue)?.by_status ?? NO_COUNTS;
}

const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

/** `Of 1,208 Succeeded and 3 Cancelled jobs only the number is known.`; nothing where all that were are listed. */
export function unlistedWords(wanted: readonly Status[], counts: Counts): string | null {
  const some = wanted.filter((status) => isEnded(status) && status !== 'FAILED' && counts[status] > 0);
  if (some.length === 0) return null;
  const words = some.map((status) => `${count(counts[status])} ${statusLabel(status)}`);
  const isOne = some.length === 1 && some.every((status) => counts[status] === 1);
  return `Of ${LIST.format(words)} ${isOne ? 'job' : 'jobs'} only the number is known.`;
}

/** Events up to a place in the log. */
export const eventsUntil = <T extends { value: JobEvent }>(events: readonly T[], seq: number): T[] =>
  events.filter(({ value }) => value.seq <= seq);
