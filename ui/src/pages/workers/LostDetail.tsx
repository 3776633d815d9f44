import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { every } from '../../api/askAgain';
import { getJob } from '../../api/client';
import { keys } from '../../api/keys';
import { jobsLostWith } from '../../api/losses';
import { count, plural } from '../../core/numbers';
import type { Flag } from '../../core/timeline';
import { jobSubject } from '../../core/title';
import { StatusMark } from '../../ui/Glyph';
import { JobTicks } from '../../ui/Ticks';
import { ClockTime, RelativeTime } from '../../ui/Time';

const ROWS = 5;
const REFETCH_MS = 2000;
const EARLIER = 3;

interface LostDetailProps {
  name: string;
  /** When it was lost within the last hour, the newest last. */
  losses: readonly Flag[];
}

const isoOf = ({ time }: Flag): string => new Date(time).toISOString();

/** What a lost worker ran, what became of that, and when it was lost before. */
export function LostDetail({ name, losses }: LostDetailProps) {
  const last = losses.at(-1);
  const { data: jobs } = useQuery({
    queryKey: keys.lostWith(name, last?.seq ?? 0),
    queryFn: ({ signal }) => jobsLostWith(name, last?.seq ?? 0, signal),
    enabled: last !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const earlier = losses.slice(0, -1).reverse();
  return (
    <>
      {jobs && jobs.length > 0 && (
        <>
          <h3 className="med">{plural(jobs.length, 'job')} it ran, and what became of it</h3>
          <ul className="plain lostjobs">
            {jobs.slice(0, ROWS).map((id) => (
              <LostJob key={id} id={id} />
            ))}
            {jobs.length > ROWS && <li className="faint">and {count(jobs.length - ROWS)} more</li>}
          </ul>
        </>
      )}
      <p>
        {last && (
          <>
            Lost <RelativeTime at={isoOf(last)} />.{' '}
          </>
        )}
        {jobs?.length === 0 ? 'It ran nothing then. ' : 'Each attempt there failed with the cause '}
        {jobs?.length !== 0 && (
          <>
            <span className="mono">worker_lost</span>, and its job is retried.{' '}
          </>
        )}
        If it still answers, its answers are refused.
        {earlier.length > 0 && (
          <>
            {' '}
            Lost before:{' '}
            {earlier.slice(0, EARLIER).map((flag, i) => (
              <span key={flag.seq}>
                {i > 0 && ', '}
                <Moment flag={flag}>
                  <ClockTime at={isoOf(flag)} seq={flag.seq} />
                </Moment>
              </span>
            ))}
            {earlier.length > EARLIER && ` and ${count(earlier.length - EARLIER)} times more`}.
          </>
        )}
      </p>
      {last && (
        <div className="row tight">
          <Moment flag={last} className="btn">
            See that moment
          </Moment>
        </div>
      )}
    </>
  );
}

interface MomentProps {
  flag: Flag;
  className?: string;
  children: React.ReactNode;
}

const Moment = ({ flag, className = 'link', children }: MomentProps) => (
  <Link
    className={className}
    to="/time-travel"
    search={{ at: String(flag.seq), range: '1h' }}
    preload={false}
  >
    {children}
  </Link>
);

function LostJob({ id }: { id: number }) {
  const { data } = useQuery({
    queryKey: keys.job(id),
    queryFn: () => getJob(id),
    refetchInterval: every(REFETCH_MS),
    retry: false,
  });
  const job = data?.value;
  return (
    <li>
      <Link className="ellip" to="/jobs/$id" params={{ id: String(id) }} search={{}} preload={false}>
        {job?.type ?? 'job'} {job && <span className="dim">{jobSubject(job)}</span>}{' '}
        <span className="mono faint">{id}</span>
      </Link>
      {job && <JobTicks job={job} />}
      {job && <StatusMark status={job.status} />}
    </li>
  );
}
