import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, Maximize2, Pencil, RotateCw, X } from 'lucide-react';
import { useMemo } from 'react';
import { type ApiError, getEvents, getJob } from '../../api/client';
import { keys } from '../../api/keys';
import type { Job, JobEvent } from '../../api/types';
import { count } from '../../core/numbers';
import { policyWords } from '../../core/policy';
import { statusAt } from '../../core/status';
import { jobSubject } from '../../core/title';
import { Button, IconButton } from '../../ui/Button';
import { useClock } from '../../ui/clock';
import { StatusPill } from '../../ui/Glyph';
import { JsonCode } from '../../ui/JsonCode';
import { JobTicks } from '../../ui/Ticks';
import { RelativeTime } from '../../ui/Time';
import { Countdown } from '../job/Countdown';
import { ErrorDetail } from '../job/ErrorDetail';
import { MiniTimeline } from '../job/MiniTimeline';
import { usePast } from '../past/context';
import type { JobActions } from '../useJobActions';
import './peek.css';

const NO_EVENTS: readonly JobEvent[] = [];

interface PeekProps {
  id: number;
  /** As the list has it; a job that is not in the list is fetched. */
  listed: Job | undefined;
  actions: JobActions;
  onEdit(job: Job): void;
  onClose(): void;
}

/** One job beside the list: what it is, what its attempts did, and its error. */
export function Peek({ id, listed, actions, onEdit, onClose }: PeekProps) {
  const past = usePast();
  const fetched = useQuery({
    queryKey: past ? keys.jobThen(id, past.at) : keys.job(id),
    queryFn: () => getJob(id, past?.at),
    enabled: listed === undefined,
    refetchOnMount: 'always',
  });
  const job = listed ?? fetched.data?.value;
  const error = listed ? null : (fetched.error as ApiError | null);
  return (
    <aside className="peek" aria-label={`Job ${id}`}>
      <header className="hd">
        <h2 className="ellip">
          {job?.type ?? 'Job'} {job && <span className="dim">{jobSubject(job)}</span>}
        </h2>
        <span className="grow" />
        <Link className="btn icon ghost" to="/jobs/$id" params={{ id: String(id) }} aria-label="Open the job">
          <Maximize2 className="i s" />
        </Link>
        <IconButton tone="ghost" label="Close (Esc)" onClick={onClose}>
          <X className="i s" />
        </IconButton>
      </header>
      {job && <PeekBody key={job.id} job={job} actions={actions} onEdit={onEdit} />}
      {error && (
        <p className="pad dim">{error.status === 404 ? noJobWords(id, past !== null) : error.message}</p>
      )}
    </aside>
  );
}

const noJobWords = (id: number, isPast: boolean): string =>
  isPast
    ? `There was no job ${count(id)} yet, or it was purged.`
    : `There is no job ${count(id)}, or it was purged.`;

function PeekBody({ job, actions, onEdit }: Pick<PeekProps, 'actions' | 'onEdit'> & { job: Job }) {
  const past = usePast();
  const events = useQuery({
    queryKey: [...keys.events(job.id), job.version],
    queryFn: () => getEvents(job.id),
    select: (found) => found.map((event) => event.value),
    placeholderData: (known) => known,
  });
  const until = past ? (past.view.state?.seq ?? 0) : Number.POSITIVE_INFINITY;
  const known = useMemo(
    () => (events.data ?? NO_EVENTS).filter((event) => event.seq <= until),
    [events.data, until],
  );
  const status = useClock((now) => statusAt(job, now));
  const shown = { ...job, status };
  return (
    <div className="peekbody">
      <div className="pad">
        <div className="row">
          <StatusPill status={status} />
          <span className="grow" />
          <span className="num faint">job {count(job.id)}</span>
        </div>
        <Countdown job={job} events={known} />
        <div className="row acts2">
          <Button
            tone="pri"
            refusal={actions.refusal('retry', shown)}
            onClick={() => actions.run('retry', shown)}
          >
            <RotateCw className="i s" />
            Retry
          </Button>
          <Button refusal={actions.refusal('edit', job)} onClick={() => onEdit(job)}>
            <Pencil className="i s" />
            Edit and retry
          </Button>
          <Button refusal={actions.refusal('cancel', job)} onClick={() => actions.run('cancel', job)}>
            <Ban className="i s" />
            Cancel
          </Button>
        </div>
        <dl className="kv">
          <dt>Queue</dt>
          <dd>{job.queue}</dd>
          <dt>Attempts</dt>
          <dd className="num">
            {job.attempts} of {job.max_attempts} failed <JobTicks job={job} />
          </dd>
          <dt>Created</dt>
          <dd>
            <RelativeTime at={job.created_at} />
          </dd>
          <dt>Policy</dt>
          <dd>{policyWords(job.retry)}</dd>
        </dl>
      </div>
      <section aria-label="Attempts">
        <h3>Attempts</h3>
        <MiniTimeline job={job} events={known} />
      </section>
      {job.error && (
        <section aria-label="Latest error">
          <h3>Error</h3>
          <ErrorDetail error={{ ...job.error, attempt: null, at: null }} />
        </section>
      )}
      <section aria-label="Payload">
        <h3>Payload</h3>
        <JsonCode text={payloadText(job)} label="Payload JSON" />
      </section>
    </div>
  );
}

/** Integers beyond 2^53 keep their digits. */
const payloadText = (job: Job): string =>
  JSON.stringify(
    job.payload,
    (_name, value) => (typeof value === 'bigint' ? `\u0000${value}` : value),
    2,
  ).replace(/"\\u0000(-?\d+)"/g, '$1');
