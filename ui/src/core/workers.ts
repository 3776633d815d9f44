import type { Job, Worker } from '../api/types';

/** What a worker is written in, as far as its labels tell. */
export interface Kind {
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
    return { short, words: short === 'Rl' ? words : `Faktory client, ${words}` };
  }
  return worker.protocol === 'http'
    ? { short: 'Ht', words: 'over HTTP' }
    : { short: 'Fw', words: 'Faktory client' };
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

/** By name, host, label, or type of a job that runs there. */
export function matches({ worker, kind, slots }: KnownWorker, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const said = [
    worker.name,
    worker.host,
    kind.words,
    ...worker.labels,
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

export const isRetry = (job: Job | null): boolean => job !== null && job.executions > 1;
