import type { PastQueue, PastWorker, State } from '../api/past';
import type { Counts, Job, JobEvent, JobFilter, Queue, Status, Worker } from '../api/types';
import { waitingSince } from './depth';
import { isNarrowed, NO_FILTER, queryFromFilter } from './filter';
import { count } from './numbers';
import { isEnded, STATUSES, statusLabel } from './status';
import { IN_PROCESS } from './work';

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

export interface Runners {
  /** With how many jobs each, the most first. */
  workers: { name: string; n: number }[];
  /** Jobs that ran inside the server, without a worker. */
  inside: number;
}

/** Who ran the jobs of a queue. */
export function runnersOf(running: readonly Job[], queue: string): Runners {
  const byName = new Map<string, number>();
  for (const job of running)
    if (job.queue === queue && job.worker !== null) byName.set(job.worker, (byName.get(job.worker) ?? 0) + 1);
  const all = [...byName].map(([name, n]) => ({ name, n }));
  return {
    workers: all
      .filter(({ name }) => !IN_PROCESS.includes(name))
      .sort((a, b) => b.n - a.n || (a.name < b.name ? -1 : 1)),
    inside: all.reduce((sum, { name, n }) => sum + (IN_PROCESS.includes(name) ? n : 0), 0),
  };
}

/** Since when the job waited in each queue that was made first; of a queue whose jobs are not all listed, nothing is known. */
export function oldestThen(queues: readonly PastQueue[], queued: readonly Job[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const { name, by_status: by } of queues) {
    const own = queued.filter(({ queue }) => queue === name);
    if (own.length === 0 || own.length < by.QUEUED) continue;
    known.set(name, waitingSince(own.reduce((a, b) => (b.id < a.id ? b : a))));
  }
  return known;
}

export interface Told {
  policies: readonly Job[];
  starts: readonly Job[];
}

/**
 * Of jobs as they are now, those that tell of an earlier moment: the policy of one that has come to a later generation since may be
 * another one by now, and an attempt that began later says nothing of then.
 */
export const toldOf = (jobs: readonly Job[], at: string): Told => ({
  policies: jobs.filter(({ generation, updated_at }) => generation === 1 || updated_at <= at),
  starts: jobs.filter(({ started_at }) => started_at !== null && started_at <= at),
});

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
