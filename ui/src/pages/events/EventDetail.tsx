import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import { getJob } from '../../api/client';
import { readLog } from '../../api/eventLog';
import { keys } from '../../api/keys';
import type { Job, JobEvent } from '../../api/types';
import { bytes, count } from '../../core/numbers';
import { dueAt, isEnded } from '../../core/status';
import { Button, IconButton } from '../../ui/Button';
import { StatusPill } from '../../ui/Glyph';
import { JsonCode } from '../../ui/JsonCode';
import { JobTicks } from '../../ui/Ticks';
import { RelativeTime } from '../../ui/Time';
import { copy } from '../../ui/toasts';

interface EventDetailProps {
  event: JobEvent;
  onlyJob: boolean;
  onJob(job: number): void;
}

/** The event as it is stored, and its job as it is now. */
export function EventDetail({ event, onlyJob, onJob }: EventDetailProps) {
  const { seq, job } = event;
  const raw = useQuery({
    queryKey: ['event', seq],
    queryFn: async () => (await readLog({ after: seq - 1, limit: 1 })).events[0]?.text ?? '',
  });
  const now = useQuery({
    queryKey: keys.job(job),
    queryFn: () => getJob(job),
    enabled: job !== 0,
    refetchOnMount: 'always',
  });
  const text = raw.data ?? (raw.error ? JSON.stringify(event) : '');
  return (
    <div role="row" className={job === 0 ? 'eop sys' : 'eop'}>
      <div role="gridcell" className="js">
        <p className="row between">
          <span className="sub num">
            Raw event{text !== '' && `, ${bytes(new Blob([text]).size)}, as stored`}
          </span>
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
      </div>
      {job !== 0 && (
        <div role="gridcell" className="jc">
          <p className="row">
            <span className="med ellip">{now.data?.value.type ?? 'Job'}</span>
            <span className="dim num nowrap">job {count(job)}</span>
            <span className="grow" />
            {now.data && <StatusPill status={now.data.value.status} />}
          </p>
          {now.data && <JobNow job={now.data.value} />}
          {now.error && <p className="fault">{now.error.message}</p>}
          <div className="row">
            <Link className="btn" to="/jobs/$id" params={{ id: String(job) }} search={{}} preload={false}>
              Open job
            </Link>
            {!onlyJob && <Button onClick={() => onJob(job)}>Only this job</Button>}
          </div>
        </div>
      )}
    </div>
  );
}

function JobNow({ job }: { job: Job }) {
  const due = isEnded(job.status) || job.status === 'RUNNING' ? null : dueAt(job);
  return (
    <dl>
      <dt>Attempts</dt>
      <dd>
        <JobTicks job={job} /> {count(job.attempts)} of {count(job.max_attempts)} failed
      </dd>
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
