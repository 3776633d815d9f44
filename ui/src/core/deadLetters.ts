import type { Job, Json } from '../api/types';
import { changesOf } from './queues';
import { errorOfJob, type Signature, signatureId, signatureOf } from './signature';
import { millis } from './time';
import type { Flag, Stretch } from './timeline';

export interface Group {
  id: string;
  signature: Signature;
  jobs: Job[];
  queues: string[];
  /** When the first and the last of them became a dead letter. */
  first: string;
  last: string;
}

export type GroupSort = 'count' | 'last' | 'first' | 'growth';

export const diedAt = (job: Job): string => job.finished_at ?? job.updated_at;

/** Jobs by the signature of their error. */
export function groupJobs(jobs: readonly Job[]): Group[] {
  const groups = new Map<string, Group>();
  for (const job of jobs) {
    const signature = signatureOf(errorOfJob(job));
    const at = diedAt(job);
    const group = groups.get(signature.key);
    if (!group) {
      const id = signatureId(signature.key);
      groups.set(signature.key, { id, signature, jobs: [job], queues: [job.queue], first: at, last: at });
      continue;
    }
    group.jobs.push(job);
    if (!group.queues.includes(job.queue)) group.queues.push(job.queue);
    if (at < group.first) group.first = at;
    if (at > group.last) group.last = at;
  }
  return [...groups.values()];
}

const HOUR = 3_600_000;
/** A group that was quiet for so long and dies again is back. */
const SILENCE_MS = 6 * HOUR;

const deathsSince = ({ jobs }: Group, from: number): number =>
  jobs.filter((job) => millis(diedAt(job)) > from).length;

/** Whether a group came within the hour, where there were others before, or came again after a long silence. */
export function freshnessOf(group: Group, oldest: number, now: number): 'new' | 'back' | null {
  const from = now - HOUR;
  if (millis(group.first) > from) return oldest <= from ? 'new' : null;
  const deaths = group.jobs.map((job) => millis(diedAt(job)));
  const lately = deaths.filter((at) => at > from);
  if (lately.length === 0) return null;
  const before = Math.max(...deaths.filter((at) => at <= from));
  return Math.min(...lately) - before >= SILENCE_MS ? 'back' : null;
}

const COMPARE: Record<Exclude<GroupSort, 'growth'>, (a: Group, b: Group) => number> = {
  count: (a, b) => b.jobs.length - a.jobs.length || COMPARE.last(a, b),
  last: (a, b) => millis(b.last) - millis(a.last),
  first: (a, b) => millis(b.first) - millis(a.first),
};

/** By how many died within an hour before the newest of all. */
function byGrowth(groups: readonly Group[]): (a: Group, b: Group) => number {
  const from = Math.max(...groups.map(({ last }) => millis(last))) - HOUR;
  const grown = new Map(groups.map((group) => [group, deathsSince(group, from)]));
  return (a, b) => (grown.get(b) ?? 0) - (grown.get(a) ?? 0) || COMPARE.count(a, b);
}

/** In the order asked for; groups that have a place in `held` keep it, new ones come after them. */
export function sortGroups(groups: readonly Group[], sort: GroupSort, held: readonly string[]): Group[] {
  const sorted = [...groups].sort(sort === 'growth' ? byGrowth(groups) : COMPARE[sort]);
  const place = (group: Group): number => {
    const at = held.indexOf(group.id);
    return at < 0 ? held.length : at;
  };
  return held.length === 0 ? sorted : sorted.sort((a, b) => place(a) - place(b));
}

/** How many died in each of `parts` equal parts of the time from the first to the last. */
export function deathsOverTime(jobs: readonly Job[], from: number, to: number, parts: number): number[] {
  const bars: number[] = new Array(parts).fill(0);
  for (const job of jobs) {
    const share = (millis(diedAt(job)) - from) / Math.max(1, to - from);
    const at = Math.min(parts - 1, Math.max(0, Math.floor(share * parts)));
    bars[at] = (bars[at] ?? 0) + 1;
  }
  return bars;
}

const ABOUT_ALL: readonly string[] = ['WorkerLost', 'RulesSet'];

/** The flags in a stretch that are about these jobs: of their queues and policies, of the retry rules, and lost workers. */
export function flagsAround(flags: readonly Flag[], jobs: readonly Job[], { from, to }: Stretch): Flag[] {
  const inside = flags.filter(({ time }) => time >= from && time <= to);
  const own = new Set<Flag>();
  for (const queue of new Set(jobs.map((job) => job.queue)))
    for (const flag of changesOf(inside, queue, jobs)) own.add(flag);
  return inside.filter((flag) => own.has(flag) || ABOUT_ALL.includes(flag.type));
}

export interface Frame {
  text: string;
  /** Of the jobs that tell. */
  share: number;
}

/** Where most of the errors were thrown: the first line of the stack; null where no line is that of at least half of them. */
export function thrownAt(jobs: readonly Job[]): Frame | null {
  const counts = new Map<string, number>();
  const frames = jobs.flatMap(({ error }) => error?.backtrace[0]?.trim() || []);
  for (const frame of frames) counts.set(frame, (counts.get(frame) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  if (!most || most[1] * 2 < frames.length) return null;
  return { text: most[0], share: most[1] / frames.length };
}

export interface Trait {
  field: string;
  value: string;
  /** Its share in the group, and in what the group is compared with. */
  share: number;
  elsewhere: number;
}

const MOST_FIELDS = 5;
const LEAST_SHARE = 0.3;

const isPlain = (value: Json | undefined): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

function traitsOf(job: Job): [string, string][] {
  const found: [string, string][] = [
    ['type', job.type],
    ['queue', job.queue],
  ];
  for (const [name, value] of Object.entries(job.payload)) {
    if (isPlain(value)) found.push([`payload.${name}`, String(value)]);
  }
  for (const tag of job.tags) found.push(['tag', tag]);
  if (job.worker !== null) found.push(['worker', job.worker]);
  return found;
}

function tally(jobs: readonly Job[]): Map<string, { field: string; value: string; n: number }> {
  const counts = new Map<string, { field: string; value: string; n: number }>();
  for (const job of jobs) {
    for (const [field, value] of traitsOf(job)) {
      const key = `${field}\n${value}`;
      const known = counts.get(key);
      if (known) known.n++;
      else counts.set(key, { field, value, n: 1 });
    }
  }
  return counts;
}

/** What many jobs of a group share, the most telling first: where the group differs most from all. */
export function traitsInCommon(group: readonly Job[], all: readonly Job[]): Trait[] {
  if (group.length < 2) return [];
  const everywhere = tally(all);
  const found = [...tally(group)]
    .map(([key, { field, value, n }]) => ({
      field,
      value,
      share: n / group.length,
      elsewhere: (everywhere.get(key)?.n ?? 0) / Math.max(1, all.length),
    }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((a, b) => b.share - b.elsewhere - (a.share - a.elsewhere) || b.share - a.share);
  const fields = [...new Set(found.map(({ field }) => field))].slice(0, MOST_FIELDS);
  return fields.flatMap((field) => found.filter((trait) => trait.field === field));
}
