import { Link } from '@tanstack/react-router';
import { memo, type ReactNode } from 'react';
import type { Job } from '../../api/types';
import { count } from '../../core/numbers';
import { dueAt } from '../../core/status';
import { coarse, duration, millis, ticking } from '../../core/time';
import { Glyph, type GlyphName } from '../../ui/Glyph';
import { JobTicks } from '../../ui/Ticks';

const MOST = 6;

interface ListProps {
  jobs: readonly Job[];
  total: number;
  /** The moment they are shown of. */
  at: number;
}

export const RunningThen = memo(({ jobs, total, at }: ListProps) => (
  <JobList
    id="running"
    title="Running at this moment"
    none="Nothing ran."
    jobs={jobs}
    total={total}
    glyph="RUNNING"
    middle={(job) => (job.started_at === null ? '' : duration(at - millis(job.started_at)))}
    last={(job) => job.worker ?? ''}
    first="the newest"
    all="running"
  />
));

export const DeadThen = memo(({ jobs, total, at }: ListProps) => (
  <JobList
    id="dead"
    title="Dead letters"
    none="There were no dead letters."
    jobs={jobs}
    total={total}
    glyph="FAILED"
    middle={(job) => (job.finished_at === null ? '' : `${coarse(at - millis(job.finished_at))} old`)}
    last={(job) => job.error?.type || job.last_error || ''}
    first="the newest"
    all="failed"
  />
));

export const DueThen = memo(({ jobs, total, at }: ListProps) => (
  <JobList
    id="due"
    title="Due next"
    none="Nothing waited for its time."
    jobs={jobs}
    total={total}
    glyph={(job) => (job.status === 'SCHEDULED' ? 'SCHEDULED' : 'RETRYING')}
    middle={(job) => `in ${ticking((dueAt(job) ?? at) - at)}`}
    last={(job) => job.queue}
    first="the next"
  />
));

interface JobListProps {
  id: string;
  title: string;
  none: string;
  jobs: readonly Job[];
  total: number;
  glyph: GlyphName | ((job: Job) => GlyphName);
  middle(job: Job): ReactNode;
  last(job: Job): string;
  /** Of more than fit, which ones are here. */
  first: string;
  /** The status by which the page of jobs lists all of them. */
  all?: string;
}

/** The first few of some jobs as they were; each leads to its page as of then. */
function JobList({ id, title, none, jobs, total, glyph, middle, last, first, all }: JobListProps) {
  return (
    <section aria-labelledby={`h-${id}`}>
      <header className="hd">
        <h2 id={`h-${id}`}>{title}</h2>
        {total > 0 && <span className="sub num">{count(total)}</span>}
        <span className="grow" />
        {jobs.length > MOST && (
          <span className="sub">
            {first} {MOST}
          </span>
        )}
        {jobs.length > 0 && all && (
          <Link className="sub" to="/jobs" search={{ status: all }} preload={false}>
            Open in Jobs
          </Link>
        )}
      </header>
      {jobs.length === 0 && <p className="faint none">{none}</p>}
      <ul className="jt">
        {jobs.slice(0, MOST).map((job) => (
          <li key={job.id}>
            <Glyph name={typeof glyph === 'string' ? glyph : glyph(job)} />
            <Link
              className="ellip"
              to="/jobs/$id"
              params={{ id: String(job.id) }}
              search={{}}
              preload={false}
              title={job.type}
            >
              {job.type}
            </Link>
            <span className="mono faint right">{job.id}</span>
            <JobTicks job={job} />
            <span className="num right nowrap">{middle(job)}</span>
            <span className="dim ellip la" title={last(job)}>
              {last(job)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
