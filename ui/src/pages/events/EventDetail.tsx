import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, Link2 } from 'lucide-react';
import { getJob } from '../../api/client';
import { readLog } from '../../api/eventLog';
import { keys } from '../../api/keys';
import type { Job, JobEvent } from '../../api/types';
import { batchAround, delayWords } from '../../core/eventBatch';
import { linkToMoment } from '../../core/moment';
import { bytes, count } from '../../core/numbers';
import { dueAt, isEnded } from '../../core/status';
import { duration } from '../../core/time';
import { IN_PROCESS } from '../../core/work';
import { INSIDE } from '../../core/workers';
import { Button, IconButton } from '../../ui/Button';
import { StatusPill } from '../../ui/Glyph';
import { JsonCode } from '../../ui/JsonCode';
import { JobTicks } from '../../ui/Ticks';
import { RelativeTime } from '../../ui/Time';
import { copy } from '../../ui/toasts';
import { usePast } from '../past/context';

/** How far around an event the others of its batch are looked for. */
const AROUND = 8;

interface EventDetailProps {
  event: JobEvent;
  onlyJob: boolean;
  onJob(job: number): void;
}

/** The event as it is stored, and its job as it is, at the moment that the page shows. */
export function EventDetail({ event, onlyJob, onJob }: EventDetailProps) {
  const { seq, job } = event;
  const past = usePast();
  const near = useQuery({
    queryKey: ['event', seq],
    queryFn: async () =>
      (await readLog({ after: Math.max(0, seq - 1 - AROUND), limit: 2 * AROUND + 1 })).events,
  });
  const there = useQuery({
    queryKey: past ? keys.jobThen(job, past.at) : keys.job(job),
    queryFn: () => getJob(job, past?.at),
    enabled: job !== 0,
    refetchOnMount: 'always',
  });
  const stored = near.data?.find(({ value }) => value.seq === seq);
  const text = stored?.text ?? (near.error ? JSON.stringify(event) : '');
  const batch = batchAround(near.data?.map(({ value }) => value) ?? [], event);
  return (
    <div role="row" className={job === 0 ? 'eop sys' : 'eop'}>
      <div role="gridcell" className="js">
        <p className="row tight">
          <span className="sub num">
            Raw event{text !== '' && `, ${bytes(new Blob([text]).size)}, as stored`}
          </span>
          <span className="grow" />
          <IconButton
            tone="ghost"
            className="small"
            label="Copy link to the event"
            onClick={() => void copy(linkToMoment(location.href, seq), `the link to event ${seq}`)}
          >
            <Link2 className="i s" />
          </IconButton>
          <IconButton
            tone="ghost"
            className="small"
            label="Copy the event"
            onClick={() => void copy(text, `event ${seq}`)}
          >
            <Copy className="i s" />
          </IconButton>
        </p>
        {text !== '' && <JsonCode text={text} label={`Event ${seq}`} />}
        {job === 0 && (
          <div className="row tight">
            <WorkerLink event={event} />
            <ToMoment seq={seq} />
          </div>
        )}
      </div>
      {job !== 0 && (
        <div role="gridcell" className="jc">
          <p className="row">
            <span className="med ellip">{there.data?.value.type ?? 'Job'}</span>
            <span className="dim num nowrap">job {count(job)}</span>
            <span className="grow" />
            {there.data && <StatusPill status={there.data.value.status} />}
          </p>
          {there.data && <JobNow job={there.data.value} event={event} batch={batch} />}
          {there.error && <p className="fault">{there.error.message}</p>}
          <div className="row tight">
            <Link className="btn" to="/jobs/$id" params={{ id: String(job) }} search={{}} preload={false}>
              Open job
            </Link>
            <WorkerLink event={event} />
            {!onlyJob && <Button onClick={() => onJob(job)}>Only this job</Button>}
            <ToMoment seq={seq} />
          </div>
        </div>
      )}
    </div>
  );
}

const ToMoment = ({ seq }: { seq: number }) => (
  <Link className="btn" to="/time-travel" search={{ at: String(seq), range: '1h' }} preload={false}>
    Go to this moment
  </Link>
);

/** The worker that the event names. */
function WorkerLink({ event: { data } }: { event: JobEvent }) {
  const { worker } = data;
  if (typeof worker !== 'string' || worker === '') return null;
  const id = IN_PROCESS.includes(worker) ? INSIDE : worker;
  return (
    <Link className="btn" to="/workers/$id" params={{ id }} search={{}} title={worker} preload={false}>
      Open worker
    </Link>
  );
}

interface JobNowProps {
  job: Job;
  event: JobEvent;
  batch: readonly JobEvent[];
}

function JobNow({ job, event, batch }: JobNowProps) {
  const why = delayWords(event, batch, job);
  const due = isEnded(job.status) || job.status === 'RUNNING' ? null : dueAt(job);
  return (
    <dl>
      <dt>Attempts</dt>
      <dd>
        <JobTicks job={job} /> {count(job.attempts)} of {count(job.max_attempts)} failed
      </dd>
      {why !== null && (
        <>
          <dt className="ellip">Why {duration(Number(event.data.delay_ms))}</dt>
          <dd className="num ellip" title={why}>
            {why}
          </dd>
        </>
      )}
      {batch.length > 0 && (
        <>
          <dt>Same batch</dt>
          <dd className="ellip">
            {batch.map(({ seq, type }) => (
              <Link
                key={seq}
                className="link"
                to="/events"
                search={(kept) => ({ ...kept, open: String(seq) })}
                replace
                preload={false}
              >
                {type} <span className="mono">{seq}</span>
              </Link>
            ))}
          </dd>
        </>
      )}
      {due !== null && (
        <>
          <dt>Next</dt>
          <dd>
            <RelativeTime at={job.next_attempt_at ?? job.run_at ?? job.updated_at} />
          </dd>
        </>
      )}
      {job.last_error !== null && (
        <>
          <dt>Last error</dt>
          <dd className="ellip" title={job.last_error}>
            {job.last_error}
          </dd>
        </>
      )}
    </dl>
  );
}
