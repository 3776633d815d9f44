import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Job } from '../../api/types';
import { diedAt } from '../../core/deadLetters';
import type { FilterParameters } from '../../core/filter';
import { count } from '../../core/numbers';
import { jobSubject } from '../../core/title';
import { Button } from '../../ui/Button';
import { JobTicks } from '../../ui/Ticks';
import { ClockTime } from '../../ui/Time';

const FIRST = 12;
const MORE = 100;

interface GroupJobsProps {
  jobs: readonly Job[];
  /** Where they are found on the page of all jobs. */
  search: FilterParameters;
  selected: ReadonlySet<number>;
  onSelect(selected: ReadonlySet<number>): void;
}

/** The jobs of the group, the newest first; some can be chosen. */
export function GroupJobs({ jobs, search, selected, onSelect }: GroupJobsProps) {
  const [shown, setShown] = useState(FIRST);
  const toggle = (id: number): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <section aria-labelledby="h-jobs">
      <div className="hd">
        <h2 id="h-jobs">Jobs</h2>
        <span className="sub num">
          {count(Math.min(shown, jobs.length))} of {count(jobs.length)}
          {selected.size > 0 && `, ${count(selected.size)} selected`}
        </span>
        <span className="grow" />
        <Link className="sub" to="/jobs" search={search} preload={false}>
          Open in Jobs
        </Link>
        {selected.size > 0 && (
          <button type="button" className="link" onClick={() => onSelect(new Set())}>
            Clear selection
          </button>
        )}
      </div>
      <ul className="dead">
        {jobs.slice(0, shown).map((job) => (
          <li key={job.id} data-job={job.id}>
            <input
              type="checkbox"
              className="pick"
              aria-label={`Select job ${job.id}`}
              checked={selected.has(job.id)}
              onChange={() => toggle(job.id)}
            />
            <Link
              className="ellip"
              to="/jobs/$id"
              params={{ id: String(job.id) }}
              search={{}}
              preload={false}
              title={job.last_error ?? undefined}
            >
              {job.type} <span className="dim">{jobSubject(job)}</span>
            </Link>
            <span className="mono faint right">{job.id}</span>
            <JobTicks job={job} />
            <ClockTime at={diedAt(job)} className="mono faint right" />
          </li>
        ))}
      </ul>
      {jobs.length > shown && (
        <div className="more">
          <Button onClick={() => setShown(shown + MORE)}>
            Show {count(Math.min(MORE, jobs.length - shown))} more
          </Button>
        </div>
      )}
    </section>
  );
}
