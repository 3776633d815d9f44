import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { keys } from '../../api/keys';
import type { Job, JobEvent } from '../../api/types';
import { getBatch } from '../../api/workers';
import { count } from '../../core/numbers';
import { isEnded } from '../../core/status';
import { batchOf, IN_PROCESS, progressOf } from '../../core/work';
import { INSIDE } from '../../core/workers';
import { RelativeTime } from '../../ui/Time';
import { useIsPast } from '../past/context';
import { Fact } from './Fact';

const REFETCH_MS = 2000;

/** Who has the job, until when, how far it is, and what it belongs to; each only when there is something to say. */
export function WorkFacts({ job, events }: { job: Job; events: readonly JobEvent[] }) {
  const progress = progressOf(events);
  const batch = batchOf(job);
  return (
    <>
      {job.worker !== null && <Fact name="Worker">{workerLink(job.worker)}</Fact>}
      {job.lease_expires_at !== null && (
        <Fact name="Lease ends">
          <RelativeTime at={job.lease_expires_at} />
        </Fact>
      )}
      {progress && (
        <Fact name="Progress" isWide>
          {progress.percent !== null && (
            <span className="row">
              <progress max={100} value={progress.percent} aria-label="Progress" />
              <span className="num">{progress.percent} %</span>
            </span>
          )}
          {progress.text !== '' && <span className="ellip dim">{progress.text}</span>}
        </Fact>
      )}
      {batch !== null && <BatchFact id={batch} isOpen={!isEnded(job.status)} />}
    </>
  );
}

const workerLink = (name: string) => (
  <Link
    className="link ellip"
    to="/workers/$id"
    params={{ id: IN_PROCESS.includes(name) ? INSIDE : name }}
    search={{}}
  >
    {name}
  </Link>
);

function BatchFact({ id, isOpen }: { id: string; isOpen: boolean }) {
  const isPast = useIsPast();
  const { data: answer } = useQuery({
    queryKey: keys.batch(id),
    queryFn: () => getBatch(id),
    enabled: !isPast,
    retry: false,
    refetchInterval: (query) => (isOpen && !query.state.error ? REFETCH_MS : false),
  });
  const data = isPast ? undefined : answer;
  const done = data ? data.succeeded + data.failed : 0;
  return (
    <Fact name="Batch" isWide>
      <span className="mono">{id}</span>
      {data && (
        <span className="dim num">
          {' '}
          {data.description && `${data.description}: `}
          {count(done)} of {count(data.total)} ended
          {data.failed > 0 && <span className="c-failed">, {count(data.failed)} failed</span>}
        </span>
      )}
    </Fact>
  );
}
