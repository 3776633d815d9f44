import type { Job, Stats } from '../../api/types';
import { plural } from '../../core/numbers';
import { millis } from '../../core/time';
import { useStable } from '../../ui/useStable';
import { Known } from '../past/Known';
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

const NONE: readonly Job[] = [];

/** The system as of the playhead, or why it is not there. */
export function Then({ travel, now, events, pins, newest }: ThenProps) {
  const { isLive } = travel;
  const goTo = useStable((seq: number) => travel.go({ kind: 'seq', seq }));
  return (
    <Known view={travel.view} newest={newest} onLive={() => travel.go(LIVE)} onRetry={travel.retry}>
      {(state, isOther) => (
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
            <RunningThen
              jobs={state.jobs.RUNNING ?? NONE}
              total={state.by_status.RUNNING}
              at={millis(state.at)}
            />
            <DeadThen jobs={state.jobs.FAILED ?? NONE} total={state.by_status.FAILED} at={millis(state.at)} />
            <DueThen
              jobs={state.next_due}
              total={state.by_status.RETRYING + state.by_status.SCHEDULED}
              at={millis(state.at)}
            />
          </div>
          <EventsAround hasKeys isLive={isLive} state={state} events={events} onGo={goTo} />
        </div>
      )}
    </Known>
  );
}
