import type { Job, Stats } from '../../api/types';
import { isSame } from '../../core/moment';
import { count, plural } from '../../core/numbers';
import { clock, millis } from '../../core/time';
import { Button } from '../../ui/Button';
import { Failure, Notice } from '../../ui/Empty';
import { useZone } from '../../ui/preferences';
import { useStable } from '../../ui/useStable';
import { Skeleton } from '../jobs/Skeleton';
import { Comparison } from './Comparison';
import { EventsAround } from './EventsAround';
import { DeadThen, DueThen, RunningThen } from './JobsThen';
import { QueuesThen } from './QueuesThen';
import { SettingsThen } from './SettingsThen';
import { StatesThen } from './StatesThen';
import type { Parts } from './TravelBody';
import { LIVE, type Travel } from './useTravel';
import { WorkersThen } from './WorkersThen';

interface ThenProps extends Parts {
  travel: Travel;
  /** The counts of now. */
  now: Stats | null;
}

const NOT_YET = 422;
const NONE: readonly Job[] = [];

/** The system as of the playhead, or why it is not there. */
export function Then({ travel, now, events, pins, newest }: ThenProps) {
  const { view, isLive } = travel;
  const { state, moment, error, loaded } = view;
  const zone = useZone();
  const goTo = useStable((seq: number) => travel.go({ kind: 'seq', seq }));
  if (error?.status === NOT_YET && moment.kind !== 'live')
    return (
      <Notice title="This has not happened yet">
        <p className="dim">
          {moment.kind === 'seq'
            ? `Event ${count(moment.seq)} is beyond the newest one${newest > 0 ? `, ${count(newest)}` : ''}.`
            : 'This time is yet to come.'}
        </p>
        <Button onClick={() => travel.go(LIVE)}>Return to live</Button>
      </Notice>
    );
  if (!state && error)
    return (
      <Failure
        title="The past did not load"
        error={error}
        request="GET /state"
        retryAt={view.retryAt}
        onRetry={travel.retry}
      />
    );
  const goal = moment.kind === 'seq' ? moment.seq : newest;
  const reading = view.reading !== null && (
    <p className="strip reading" role="status">
      <span>
        The past is being read: event {count(view.reading)}
        {goal > 0 && ` of ${count(goal)}`}. It goes on by itself.
      </span>
      {goal > 0 && <progress value={view.reading} max={goal} aria-label="Read so far" />}
    </p>
  );
  if (!state) return reading || <Skeleton />;
  const at = millis(state.at);
  const isOther = view.isStale && !(loaded && isSame(loaded, moment));
  return (
    <>
      {reading}
      {error && (
        <p className="strip t-failed" role="alert">
          This moment did not load: {error.message}. Below is {clock(at, zone)}.
          <span className="grow" />
          <button type="button" className="link" onClick={travel.retry}>
            Try again
          </button>
        </p>
      )}
      <div className={isOther ? 'tri old' : 'tri'} aria-busy={isOther}>
        <div className="col">
          <StatesThen then={state.by_status} now={isLive ? null : (now?.by_status ?? null)} />
          {state.purged_jobs > 0 && (
            <p className="faint none num">
              {plural(state.purged_jobs, 'ended job')} of these had left the log.
            </p>
          )}
          <WorkersThen
            workers={state.workers}
            running={state.jobs.RUNNING ?? NONE}
            total={state.by_status.RUNNING}
          />
          <SettingsThen policies={state.policies} rules={state.rules} />
          <Comparison pins={pins} />
        </div>
        <div className="col">
          <QueuesThen queues={state.queues} />
          <RunningThen jobs={state.jobs.RUNNING ?? NONE} total={state.by_status.RUNNING} at={at} />
          <DeadThen jobs={state.jobs.FAILED ?? NONE} total={state.by_status.FAILED} at={at} />
          <DueThen
            jobs={state.next_due}
            total={state.by_status.RETRYING + state.by_status.SCHEDULED}
            at={at}
          />
        </div>
        <EventsAround isLive={isLive} state={state} events={events} onGo={goTo} />
      </div>
    </>
  );
}
