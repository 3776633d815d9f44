import type { Job, Queue, Worker } from '../api/types';
import { IN_PROCESS } from './work';

/** What a worker is written in, as far as its labels tell. */
export interface Kind {
  /** In the address. */
  id: string;
  /** For the small tile before the name. */
  short: string;
  words: string;
}

const LANGUAGES: readonly (readonly [RegExp, string, string])[] = [
  [/^retrylab-worker/, 'Rl', 'retrylab worker'],
  [/^ruby|^rails/, 'Rb', 'Ruby'],
  [/^(golang|go)\b/, 'Go', 'Go'],
  [/^(node|javascript|typescript|js)\b/, 'Js', 'Node'],
  [/^python/, 'Py', 'Python'],
  [/^rust/, 'Rs', 'Rust'],
  [/^php/, 'Ph', 'PHP'],
  [/^elixir/, 'Ex', 'Elixir'],
  [/^java\b|^kotlin|^jvm/, 'Jv', 'Java'],
  [/^(dotnet|csharp|\.net)/, 'Cs', '.NET'],
];

export function kindOf(worker: Worker): Kind {
  for (const label of worker.labels) {
    const found = LANGUAGES.find(([pattern]) => pattern.test(label.toLowerCase()));
    if (!found) continue;
    const [, short, words] = found;
    return short === 'Rl'
      ? { id: 'worker', short, words }
      : { id: words.toLowerCase().replace('.', ''), short, words: `Faktory client, ${words}` };
  }
  if (worker.protocol === '') return { id: 'unknown', short: '?', words: 'not heard of since the start' };
  return worker.protocol === 'http'
    ? { id: 'http', short: 'Ht', words: 'over HTTP' }
    : { id: 'faktory', short: 'Fw', words: 'Faktory client' };
}

/** One cell of a worker: a job that runs there. Of one that is not among the jobs read only the number is known. */
export interface Slot {
  id: number;
  job: Job | null;
}

export interface KnownWorker {
  worker: Worker;
  kind: Kind;
  slots: Slot[];
}

const place = (worker: Worker): number => (worker.lost ? 0 : worker.state === 'running' ? 2 : 1);

/** Lost ones first, then those that take no jobs, then the others, each by name. */
export function arrange(workers: readonly Worker[], running: readonly Job[]): KnownWorker[] {
  const jobs = new Map(running.map((job) => [job.id, job]));
  return workers
    .map((worker) => ({
      worker,
      kind: kindOf(worker),
      slots: worker.running.map(({ job }) => ({ id: job, job: jobs.get(job) ?? null })),
    }))
    .sort((a, b) => place(a.worker) - place(b.worker) || (a.worker.name < b.worker.name ? -1 : 1));
}

/** What is there, the most frequent first: its name in the address, its words and how many. */
export function kindsOf(known: readonly KnownWorker[]): { id: string; words: string; n: number }[] {
  const found = new Map<string, { id: string; words: string; n: number }>();
  for (const { kind } of known) {
    const words = kind.words.replace('Faktory client, ', '').replace(/^over /, '');
    const same = found.get(kind.id) ?? { id: kind.id, words, n: 0 };
    same.n++;
    found.set(kind.id, same);
  }
  return [...found.values()].sort((a, b) => b.n - a.n || (a.id < b.id ? -1 : 1));
}

/** The queue with the most jobs that could start, where no worker that takes jobs asks for it and nothing of it runs. */
export function unserved(queues: readonly Queue[], known: readonly KnownWorker[]): Queue | null {
  const served = new Set(
    known.flatMap(({ worker }) => (worker.lost || worker.state !== 'running' ? [] : worker.queues)),
  );
  const alone = queues.filter(({ name, paused, ready, running }) => {
    return !paused && ready > 0 && running === 0 && !served.has(name);
  });
  return alone.sort((a, b) => b.ready - a.ready)[0] ?? null;
}

/** By name, host, queue, label, or type of a job that runs there. */
export function matches({ worker, kind, slots }: KnownWorker, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const said = [
    worker.name,
    worker.host,
    kind.words,
    ...worker.labels,
    ...worker.queues,
    ...slots.map(({ job }) => job?.type ?? ''),
  ];
  return said.some((part) => part.toLowerCase().includes(wanted));
}

export interface Tally {
  busy: number;
  retries: number;
  healthy: number;
  quiet: number;
  lost: number;
}

export function tally(known: readonly KnownWorker[]): Tally {
  const sum: Tally = { busy: 0, retries: 0, healthy: 0, quiet: 0, lost: 0 };
  for (const { worker, slots } of known) {
    sum.busy += slots.length;
    sum.retries += slots.filter(({ job }) => isRetry(job)).length;
    if (worker.lost) sum.lost++;
    else if (worker.state === 'running') sum.healthy++;
    else sum.quiet++;
  }
  return sum;
}

/** What runs inside the server, in the address. */
export const INSIDE = 'in-process';

/** The jobs that run inside the server, without a worker. */
export const insideOf = (running: readonly Job[]): Slot[] =>
  running.flatMap((job) =>
    job.worker !== null && IN_PROCESS.includes(job.worker) ? { id: job.id, job } : [],
  );

/** The one that was chosen stands first. */
export const chosenFirst = (known: readonly KnownWorker[], name: string | undefined): KnownWorker[] =>
  [...known].sort((a, b) => Number(b.worker.name === name) - Number(a.worker.name === name));

export const isRetry = (job: Job | null): boolean => job !== null && job.executions > 1;
