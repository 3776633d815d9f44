import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type ApiError, getEvents, getJob } from '../../api/client';
import { keys } from '../../api/keys';
import type { State } from '../../api/past';
import type { JobEvent, WithText } from '../../api/types';
import { count } from '../../core/numbers';
import { eventsUntil } from '../../core/then';
import { Notice } from '../../ui/Empty';
import { ClockTime } from '../../ui/Time';
import { OfflineBanner } from '../frame/OfflineBanner';
import '../job/job.css';
import '../job/timeline.css';
import { JobBody } from '../job/JobBody';
import { JobBar, NoJob } from '../job/JobPage';
import { Skeleton } from '../jobs/Skeleton';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';

const GONE = 404;
const NO_EVENTS: readonly WithText<JobEvent>[] = [];

export function JobPast() {
  const { id } = useParams({ from: '/jobs/$id' });
  return /^\d{1,15}$/.test(id) ? (
    <KnownJobPast key={id} id={Number(id)} />
  ) : (
    <NoJob words={`“${id}” is no job ID`} />
  );
}

const isGone = (error: Error | null): boolean => (error as ApiError | null)?.status === GONE;

function useJobThen(id: number) {
  const { at, state } = usePastHere();
  const isReady = state !== null;
  const job = useQuery({
    queryKey: keys.jobThen(id, at),
    queryFn: () => getJob(id, at),
    enabled: isReady,
    placeholderData: keepPreviousData,
  });
  const events = useQuery({
    queryKey: keys.events(id),
    queryFn: () => getEvents(id),
    enabled: isReady,
    refetchOnMount: 'always',
  });
  return { job, events };
}

function KnownJobPast({ id }: { id: number }) {
  const { job, events } = useJobThen(id);
  const type = isGone(job.error) ? undefined : job.data?.value.type;
  useTitle(type ? `${type} ${id}, in the past` : `Job ${id}, in the past`);
  return (
    <>
      <JobBar id={id} type={type} />
      <PastBanner />
      <OfflineBanner />
      <PastBody>
        {(state) =>
          isGone(job.error) ? (
            <NotThen id={id} events={events.data} isGone={isGone(events.error)} />
          ) : (
            <JobThen
              state={state}
              job={job.data}
              events={events.data}
              awaited={job.data === undefined ? job : events}
            />
          )
        }
      </PastBody>
    </>
  );
}

interface JobThenProps {
  state: State;
  job: Awaited<ReturnType<typeof getJob>> | undefined;
  events: readonly WithText<JobEvent>[] | undefined;
  /** Which of the two is awaited, or may have failed. */
  awaited: UseQueryResult<unknown>;
}

function JobThen({ state, job, events, awaited }: JobThenProps) {
  const until = useMemo(() => events && eventsUntil(events, state.seq), [events, state.seq]);
  if (!job || !until)
    return awaited.errorUpdateCount > 0 ? (
      <QueryFailure title="The job did not load" query={awaited} request="GET /jobs" />
    ) : (
      <Skeleton />
    );
  const record = { job, events: until, take: () => {} };
  return <JobBody record={record} job={job} />;
}

interface NotThenProps {
  id: number;
  events: readonly WithText<JobEvent>[] | undefined;
  isGone: boolean;
}

/** It came later, or there is nothing of it in the log. */
function NotThen({ id, events = NO_EVENTS, isGone: isUnknown }: NotThenProps) {
  const first = events[0]?.value;
  if (isUnknown)
    return (
      <Notice title={`No job ${count(id)}`}>
        <p className="dim">It never existed here, or it was purged: then the log has its events no longer.</p>
      </Notice>
    );
  if (!first) return <Skeleton />;
  return (
    <Notice title="This job did not exist yet">
      <p className="dim">
        Job {count(id)} was created at <ClockTime at={first.at} />, with event {count(first.seq)}.
      </p>
      <div className="row">
        <Link className="btn" to="." search={(kept: object) => ({ ...kept, at: String(first.seq) })}>
          Go to that moment
        </Link>
      </div>
    </Notice>
  );
}
