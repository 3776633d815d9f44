import { Link, useParams } from '@tanstack/react-router';
import { Copy } from 'lucide-react';
import { count } from '../../core/numbers';
import { IconButton } from '../../ui/Button';
import { Notice } from '../../ui/Empty';
import { copy } from '../../ui/toasts';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import './job.css';
import './timeline.css';
import { JobBody } from './JobBody';
import { useJob } from './useJob';

export function JobPage() {
  const { id } = useParams({ from: '/jobs/$id' });
  return /^\d{1,15}$/.test(id) ? (
    <KnownJobPage key={id} id={Number(id)} />
  ) : (
    <NoJob words={`“${id}” is no job ID`} />
  );
}

function KnownJobPage({ id }: { id: number }) {
  const record = useJob(id);
  const { job, error } = record;
  useTitle(job ? `${job.value.type} ${id}` : `Job ${id}`);
  if (error?.status === 404) return <NoJob words={`No job ${count(id)}`} why={error.message} />;
  return (
    <>
      <JobBar id={id} type={job?.value.type} />
      <OfflineBanner />
      <div className="body">
        {job && <JobBody record={record} job={job} />}
        <QueryFailure title="The job did not load" query={record.query} request={`GET /jobs/${id}`} />
      </div>
    </>
  );
}

export function JobBar({ id, type = 'Job' }: { id: number; type: string | undefined }) {
  return (
    <TopBar>
      <Link className="crumb" to="/jobs" search={{}}>
        Jobs
      </Link>
      <h1 className="ellip">{type}</h1>
      <span className="num dim jobno">job {count(id)}</span>
      <IconButton
        tone="ghost"
        label={`Copy job ID ${id}`}
        onClick={() => void copy(String(id), `job ID ${id}`)}
      >
        <Copy className="i s" />
      </IconButton>
    </TopBar>
  );
}

interface NoJobProps {
  words: string;
  /** As the server says it, which knows of a job that was purged. */
  why?: string;
}

export function NoJob({ words, why = '' }: NoJobProps) {
  useTitle('No such job');
  return (
    <>
      <TopBar>
        <Link className="crumb" to="/jobs" search={{}}>
          Jobs
        </Link>
        <h1>Not found</h1>
      </TopBar>
      <div className="body">
        <Notice title={words}>
          <p className="dim">
            {/purged/.test(why)
              ? `${why[0]?.toUpperCase()}${why.slice(1)}.`
              : 'There has never been one of this number here.'}
          </p>
          <Link className="btn" to="/jobs" search={{}}>
            Go to Jobs
          </Link>
        </Notice>
      </div>
    </>
  );
}
