import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { DeadLetterFilter } from '../../api/deadLetters';
import type { Job } from '../../api/types';
import { type Group, thrownAt, traitsInCommon } from '../../core/deadLetters';
import type { FilterParameters } from '../../core/filter';
import { count, percent } from '../../core/numbers';
import { SignatureText } from '../../ui/SignatureText';
import { RelativeTime } from '../../ui/Time';
import type { Scope } from '../bulk/scope';
import { useIsPast } from '../past/context';
import { GroupJobs } from './GroupJobs';
import { InCommon } from './InCommon';
import { OverTime } from './OverTime';
import { RedrivePanel, type Wish } from './RedrivePanel';
import { Representative } from './Representative';
import { StillRetrying } from './StillRetrying';
import { useCompared } from './useCompared';

const NO_QUEUES: readonly string[] = [];

interface GroupDetailProps {
  /** Null: all dead letters of the filter. */
  group: Group | null;
  jobs: readonly Job[];
  read: readonly Job[];
  filter: DeadLetterFilter;
  all: Scope;
  note: ReactNode;
  onWish(wish: Wish, of: string): void;
}

export function GroupDetail({ group, jobs, read, filter, all, note, onWish }: GroupDetailProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const selected = useMemo(() => {
    const here = new Set(jobs.map((job) => job.id));
    return new Set([...chosen].filter((id) => here.has(id)));
  }, [chosen, jobs]);
  const compared = useCompared(group?.queues ?? NO_QUEUES, read);
  const traits = useMemo(
    () => (group ? traitsInCommon(jobs, compared.jobs) : []),
    [group, jobs, compared.jobs],
  );
  const title = group?.signature.type ?? 'All dead letters';
  return (
    <div className="dt">
      <header className="dh">
        <Link className="back link" to="/dead-letters" search={(kept) => ({ ...kept, group: undefined })}>
          All groups
        </Link>
        <h2>{title}</h2>
        {group && (
          <p className="msg">
            <SignatureText signature={group.signature} />
          </p>
        )}
        <Facts group={group} jobs={jobs} />
        {note}
      </header>
      <div className="dc">
        <div className="dm">
          <OverTime jobs={jobs} />
          <InCommon traits={traits} against={compared.words} />
          <GroupJobs
            jobs={jobs}
            search={jobsSearch(group, filter)}
            selected={selected}
            onSelect={setChosen}
          />
          {group && jobs[0] && <Representative job={jobs[0]} />}
        </div>
        <RedrivePanel
          all={all}
          jobs={jobs}
          selected={selected}
          onWish={(wish) => {
            onWish(wish, title);
            setChosen(new Set());
          }}
        />
      </div>
    </div>
  );
}

/** The same jobs on the page of all jobs, as near as its filter comes: an error's type is found, not the slots of its message. */
function jobsSearch(group: Group | null, { q, queue }: DeadLetterFilter): FilterParameters {
  const of = group?.queues.length === 1 ? group.queues[0] : queue;
  return {
    status: 'failed',
    ...(q && { q }),
    ...(of && { queue: of }),
    ...(group && { error: group.signature.type }),
  };
}

function Facts({ group, jobs }: { group: Group | null; jobs: readonly Job[] }) {
  const isPast = useIsPast();
  const used = jobs.filter((job) => job.attempts >= job.max_attempts).length;
  const queues = new Set(jobs.map((job) => job.queue));
  const frame = useMemo(() => (group ? thrownAt(jobs) : null), [group, jobs]);
  return (
    <div className="facts num">
      <span>
        <b>{count(jobs.length)}</b> {jobs.length === 1 ? 'job' : 'jobs'}
        {!group && ' read'}
      </span>
      <span>
        {queues.size === 1 ? (
          <b>{[...queues][0]}</b>
        ) : (
          <>
            <b>{count(queues.size)}</b> queues
          </>
        )}
      </span>
      {jobs.length > 0 && (
        <span>
          attempts used up by <b>{percent(used / jobs.length).replace('.0 %', ' %')}</b>
        </span>
      )}
      {frame && (
        <span className="row tight thrown" title={frame.text}>
          {frame.share === 1 ? 'thrown at' : 'most thrown at'} <b className="mono ellip">{frame.text}</b>
        </span>
      )}
      {group && (
        <span>
          last <RelativeTime at={group.last} />
        </span>
      )}
      {group && !isPast && <StillRetrying type={group.signature.type} />}
    </div>
  );
}
