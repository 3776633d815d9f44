import { memo } from 'react';
import type { PastWorker } from '../../api/past';
import type { Job } from '../../api/types';
import { count, plural } from '../../core/numbers';
import { isRetry } from '../../core/workers';

const MOST = 12;
const CELLS = 8;

interface WorkersThenProps {
  workers: readonly PastWorker[];
  running: readonly Job[];
  total: number;
}

/** Who worked then: a cell for each job there, amber for a retry, cyan for a first try. */
export const WorkersThen = memo(function WorkersThen({ workers, running, total }: WorkersThenProps) {
  const jobs = new Map<string, Job[]>();
  for (const job of running) {
    if (job.worker !== null) jobs.set(job.worker, [...(jobs.get(job.worker) ?? []), job]);
  }
  const known = new Set(workers.map(({ name }) => name));
  const others = [...jobs.keys()].filter((name) => !known.has(name));
  const rows = [
    ...workers.map((worker) => ({ name: worker.name, words: stateOf(worker) })),
    ...others.map((name) => ({ name, words: '' })),
  ].sort((a, b) => (jobs.get(b.name)?.length ?? 0) - (jobs.get(a.name)?.length ?? 0));
  return (
    <section aria-labelledby="h-workers">
      <header className="hd">
        <h2 id="h-workers">Workers</h2>
        <span className="sub num">{plural(total, 'job')} running</span>
        <span className="grow" />
        <span className="legend">
          <span>
            <i className="sw b-retrying" />
            retry
          </span>
          <span>
            <i className="sw b-running" />
            first try
          </span>
        </span>
      </header>
      {rows.length === 0 && <p className="faint none">No worker was known yet.</p>}
      <ul className="wk">
        {rows.slice(0, MOST).map(({ name, words }) => (
          <li key={name}>
            <span className="ellip" title={name}>
              {name}
            </span>
            <Cells name={name} jobs={jobs.get(name) ?? []} />
            <span className={words === 'Lost' ? 'sub c-failed' : 'sub'}>{words}</span>
          </li>
        ))}
      </ul>
      {rows.length > MOST && <p className="sub none">and {count(rows.length - MOST)} more</p>}
    </section>
  );
});

const stateOf = (worker: PastWorker): string =>
  worker.lost ? 'Lost' : worker.state === 'quiet' ? 'Quiet' : '';

function Cells({ name, jobs }: { name: string; jobs: readonly Job[] }) {
  if (jobs.length === 0) return <span className="sub">idle</span>;
  const retries = jobs.filter(isRetry).length;
  return (
    <span
      className="cells"
      role="img"
      aria-label={`${name}: ${plural(jobs.length, 'job')}, ${retries} of them retried`}
    >
      {jobs.slice(0, CELLS).map((job) => (
        <i key={job.id} className={isRetry(job) ? 'b-retrying' : 'b-running'} />
      ))}
      {jobs.length > CELLS && <span className="sub num">+{jobs.length - CELLS}</span>}
    </span>
  );
}
