import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { Job } from '../../api/types';
import { type Group, traitsInCommon } from '../../core/deadLetters';
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

interface GroupDetailProps {
  /** Null: all dead letters of the filter. */
  group: Group | null;
  jobs: readonly Job[];
  read: readonly Job[];
  all: Scope;
  note: ReactNode;
  onWish(wish: Wish, of: string): void;
}

export function GroupDetail({ group, jobs, read, all, note, onWish }: GroupDetailProps) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const selected = useMemo(() => {
    const here = new Set(jobs.map((job) => job.id));
    return new Set([...chosen].filter((id) => here.has(id)));
  }, [chosen, jobs]);
  const traits = useMemo(() => (group ? traitsInCommon(jobs, read) : []), [group, jobs, read]);
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
          <InCommon traits={traits} />
          <GroupJobs jobs={jobs} selected={selected} onSelect={setChosen} />
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

function Facts({ group, jobs }: { group: Group | null; jobs: readonly Job[] }) {
  const isPast = useIsPast();
  const used = jobs.filter((job) => job.attempts >= job.max_attempts).length;
  const queues = new Set(jobs.map((job) => job.queue));
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
      {group && (
        <span>
          last <RelativeTime at={group.last} />
        </span>
      )}
      {group && !isPast && <StillRetrying type={group.signature.type} />}
    </div>
  );
}
