import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { getAction, type Operation } from '../../api/actions';
import { askAgainIn } from '../../api/askAgain';
import type { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { VERBS } from '../../core/bulk';
import { count, percent, plural } from '../../core/numbers';
import { coarse, duration, millis } from '../../core/time';
import { Button } from '../../ui/Button';
import { useClock } from '../../ui/clock';
import { Notice } from '../../ui/Empty';
import { ClockTime } from '../../ui/Time';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { useRefusal } from '../services';
import { useTitle } from '../useTitle';
import './bulk.css';
import { useOperations } from './operations';

const POLL_MS = 500;
const GONE = 404;

/** How far one bulk operation is, for as long as the server remembers it. */
export function BulkPage() {
  const { id } = useParams({ from: '/bulk/$id' });
  const query = useQuery({
    queryKey: keys.action(id),
    queryFn: () => getAction(id),
    refetchOnMount: 'always',
    refetchInterval: ({ state }) =>
      state.error ? askAgainIn(state) : state.data?.state === 'RUNNING' ? POLL_MS : false,
  });
  const error = query.error as ApiError | null;
  useTitle(`Bulk operation ${id}`);
  return (
    <>
      <TopBar>
        <h1>Bulk operation</h1>
        <span className="sub num">{id}</span>
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {query.data && <Shown operation={query.data} />}
        {!query.data && error?.status === GONE && (
          <Notice title={`No bulk operation ${id}`}>
            <p className="dim">
              The server remembers those that run and the last hundred that ended, until it is restarted. What
              they did stays, and is in each job’s events.
            </p>
            <Link className="btn" to="/jobs" search={{}}>
              Go to Jobs
            </Link>
          </Notice>
        )}
        {error?.status !== GONE && (
          <QueryFailure
            title="The operation did not load"
            query={query}
            request={`GET /jobs/actions/${id}`}
          />
        )}
      </div>
    </>
  );
}

const STATES: Record<Operation['state'], string> = {
  RUNNING: 'Running',
  FINISHED: 'Done',
  STOPPED: 'Stopped',
  FAILED: 'Failed',
};

function Shown({ operation }: { operation: Operation }) {
  const operations = useOperations();
  const refusal = useRefusal();
  const { id, action, state, total, changed, refused, per_second, error } = operation;
  const isRunning = state === 'RUNNING';
  const asked = changed + refused;
  const title = `${VERBS[action]} ${operation.total_estimated ? 'about ' : ''}${plural(total, 'job')}`;
  const share = (n: number): string => `${total === 0 ? 0 : Math.min(100, (n / total) * 100)}%`;
  return (
    <div className="bulkpage">
      <header className="row">
        <h2>{title}</h2>
        <span className="chip">{STATES[state]}</span>
        <span className="grow" />
        {isRunning && (
          <Button tone="danger" refusal={refusal} onClick={() => operations.stop(id)}>
            Stop
          </Button>
        )}
      </header>
      <div
        className="pbar"
        role="progressbar"
        aria-label={title}
        aria-valuenow={asked}
        aria-valuemin={0}
        aria-valuemax={total}
      >
        <i className={isRunning ? 'going' : 'done'} style={{ width: share(changed) }} />
        <i className="no" style={{ width: share(refused) }} />
      </div>
      <dl className="outcomes num">
        <Outcome name="Asked" n={asked} of={total} />
        <Outcome name="Changed" n={changed} of={asked} />
        <Outcome name="Refused" n={refused} of={asked} tone={refused > 0 ? 'c-failed' : undefined} />
        <Outcome name={isRunning ? 'Still to come' : 'Not asked'} n={Math.max(0, total - asked)} of={total} />
      </dl>
      <p className="dim num" role="status">
        <Times operation={operation} />
        {per_second !== null && ` At most ${count(per_second)} per second.`}
      </p>
      {error && <p className="fault">{error}</p>}
      {operation.refusals.length > 0 && (
        <section aria-labelledby="h-refused">
          <h3 id="h-refused">
            Refused
            {refused > operation.refusals.length && `, the first ${operation.refusals.length}`}
          </h3>
          <ul className="refused">
            {operation.refusals.map(({ job, detail }) => (
              <li key={job}>
                <Link
                  className="mono"
                  to="/jobs/$id"
                  params={{ id: String(job) }}
                  search={{}}
                  preload={false}
                >
                  {job}
                </Link>
                <span className="dim ellip" title={detail}>
                  {detail}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface OutcomeProps {
  name: string;
  n: number;
  of: number;
  tone?: string | undefined;
}

const Outcome = ({ name, n, of, tone }: OutcomeProps) => (
  <div>
    <dt className="sub">{name}</dt>
    <dd className={tone}>
      {count(n)} <small>{of > 0 ? percent(n / of) : ''}</small>
    </dd>
  </div>
);

function Times({ operation }: { operation: Operation }) {
  const { created_at: begun, finished_at: ended, changed, refused, total } = operation;
  const asked = changed + refused;
  const left = useClock((now) => {
    const took = now - millis(begun);
    return asked === 0 ? null : coarse((took / asked) * Math.max(0, total - asked));
  });
  return (
    <>
      Begun <ClockTime at={begun} />
      {ended !== null && (
        <>
          , ended <ClockTime at={ended} />, took {duration(millis(ended) - millis(begun))}
        </>
      )}
      {ended === null && left !== null && `, done in about ${left}`}.
    </>
  );
}
