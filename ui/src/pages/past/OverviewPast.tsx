import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { LISTED, type State } from '../../api/past';
import type { Job } from '../../api/types';
import { isRange, planOf, RANGES, type Range } from '../../core/history';
import { plural } from '../../core/numbers';
import { millis } from '../../core/time';
import '../../plot/plot.css';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import { useStable } from '../../ui/useStable';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { Attempts } from '../overview/Attempts';
import '../overview/overview.css';
import { Panel } from '../overview/Panel';
import { useLiveState } from '../services';
import { EventsAround } from '../time-travel/EventsAround';
import { DeadThen, DueThen, RunningThen } from '../time-travel/JobsThen';
import { QueuesThen } from '../time-travel/QueuesThen';
import { SettingsThen } from '../time-travel/SettingsThen';
import { StatesThen } from '../time-travel/StatesThen';
import '../time-travel/then.css';
import { useAround } from '../time-travel/useAround';
import { WorkersThen } from '../time-travel/WorkersThen';
import { useTitle } from '../useTitle';
import { usePastHere, useTravelling } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';
import { useHistoryThen } from './useHistoryThen';

const NONE: readonly Job[] = [];
const OPTIONS = RANGES.map((range) => [range, range] as const);

/** The whole system as it was. */
export function OverviewPast() {
  useTitle('Overview, in the past');
  return (
    <>
      <TopBar>
        <h1>Overview</h1>
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody className="ov">{(state) => <Then state={state} />}</PastBody>
    </>
  );
}

function Then({ state }: { state: State }) {
  const { seek } = useTravelling();
  const { stats } = useLiveState();
  const events = useAround(state.seq, state.newest_seq);
  const goTo = useStable((seq: number) => seek({ kind: 'seq', seq }));
  const at = millis(state.at);
  const running = state.jobs.RUNNING ?? NONE;
  const by = state.by_status;
  return (
    <>
      <div className="two">
        <AttemptsThen />
        <div className="cell">
          <StatesThen then={by} now={stats?.by_status ?? null} />
          {state.purged_jobs > 0 && (
            <p className="faint none num">
              {plural(state.purged_jobs, 'ended job')} of these had left the log.
            </p>
          )}
        </div>
      </div>
      <div className="tri">
        <div className="col">
          <WorkersThen workers={state.workers} running={running} total={by.RUNNING} />
          {by.RUNNING > LISTED && <p className="sub none">the newest {LISTED} jobs are drawn</p>}
          <SettingsThen policies={state.policies} rules={state.rules} />
        </div>
        <div className="col">
          <QueuesThen queues={state.queues} />
          <RunningThen jobs={running} total={by.RUNNING} at={at} />
          <DeadThen jobs={state.jobs.FAILED ?? NONE} total={by.FAILED} at={at} />
          <DueThen jobs={state.next_due} total={by.RETRYING + by.SCHEDULED} at={at} />
        </div>
        <EventsAround hasKeys={false} isLive={false} state={state} events={events} onGo={goTo} />
      </div>
    </>
  );
}

/** What the time before was like, where the server still has the figures. */
function AttemptsThen() {
  const { time, view } = usePastHere();
  const search = useSearch({ from: '/' });
  const navigate = useNavigate({ from: '/' });
  const [isTable, setTable] = useState(false);
  const range: Range = isRange(search.range) ? search.range : '15m';
  const plan = planOf(range);
  const then = time ?? (view.state ? millis(view.state.at) : null);
  const query = useHistoryThen(plan.resolution, plan.spanMs, then);
  const isGone = query.data === undefined && query.fetchStatus === 'idle' && !query.error;
  return (
    <Panel
      id="h-attempts"
      title="Attempts by outcome"
      sub={`until then, ${plan.words}`}
      className="attempts"
      query={query}
      request="GET /stats/history"
      side={
        <>
          <Button aria-pressed={isTable} className="small" onClick={() => setTable(!isTable)}>
            Table
          </Button>
          <Segmented
            label="Time range"
            options={OPTIONS}
            value={range}
            onChange={(next) =>
              void navigate({
                search: (kept) => ({ ...kept, range: next === '15m' ? undefined : next }),
                replace: true,
              })
            }
          />
        </>
      }
      missing={
        isGone && (
          <p className="faint none">Figures as fine as these are no longer kept. Choose a wider range.</p>
        )
      }
    >
      {(slots) => <Attempts slots={slots} plan={plan} now={then ?? 0} isTable={isTable} />}
    </Panel>
  );
}
