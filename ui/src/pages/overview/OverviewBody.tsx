import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { FullStats } from '../../api/history';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import { RANGES, type Range } from '../../core/history';
import { count, plural } from '../../core/numbers';
import type { Zoom } from '../../core/zoom';
import { Button } from '../../ui/Button';
import { useNow } from '../../ui/clock';
import { Segmented } from '../../ui/Segmented';
import { useShortcuts } from '../../ui/shortcuts';
import { useHistory } from '../useHistory';
import { useLiveRefetch } from '../useLiveRefetch';
import { Attempts } from './Attempts';
import { ByStatus } from './ByStatus';
import { FailingNow, LatestFailures } from './Failing';
import { KeyFigures } from './KeyFigures';
import { Latencies, MEASURES, type Measure } from './Latencies';
import { LatestEvents } from './LatestEvents';
import { OUTCOMES } from './outcomes';
import { Panel } from './Panel';
import { Queues } from './Queues';
import { RetriesDue } from './RetriesDue';
import { coversHour, type Failures, useFailures } from './useFailures';
import { useOverviewFlags } from './useOverviewFlags';
import { useStretch } from './useStretch';

const MINUTE = 60_000;
type Latest = 'events' | 'failures';
const LATEST: readonly (readonly [Latest, string])[] = [
  ['events', 'Events'],
  ['failures', 'Failures'],
];
const OPTIONS = RANGES.map((range) => [range, range] as const);

interface OverviewBodyProps {
  stats: FullStats;
  query: UseQueryResult<FullStats>;
  range: Range;
  /** What was picked of the charts, where that is not the last while. */
  zoom: Zoom | null;
  onRange(range: Range): void;
  onZoom(zoom: Zoom | null): void;
}

export function OverviewBody({ stats, query, range, zoom, onRange, onZoom }: OverviewBodyProps) {
  const now = useNow(true, 1000);
  const [isTable, setTable] = useState(false);
  const [measure, setMeasure] = useState<Measure>('run_ms');
  const seconds = useHistory('second', 15 * MINUTE);
  const minutes = useHistory('minute', 66 * MINUTE);
  const { plan, to, end, bars, latencies } = useStretch(range, zoom, now);
  const flags = useOverviewFlags(plan.spanMs, to);
  const [latest, setLatest] = useState<Latest>('events');
  const failures = useFailures();
  useLiveRefetch(keys.queues);
  const queues = useQuery({ queryKey: keys.queues, queryFn: listQueues, refetchOnMount: 'always' });
  useShortcuts('Overview', [
    { keys: ['t'], label: 'Attempts as a table or as bars', run: () => setTable(!isTable) },
  ]);
  return (
    <>
      <KeyFigures stats={stats} seconds={seconds.data} minutes={minutes.data ?? []} now={now} />
      <div className="two">
        <Panel
          id="h-attempts"
          title="Attempts by outcome"
          sub={plan.words}
          className="attempts"
          query={bars}
          request="GET /stats/history"
          side={
            <>
              <Legend />
              <Button aria-pressed={isTable} className="small" onClick={() => setTable(!isTable)}>
                Table
              </Button>
              {zoom && (
                <Button className="small" onClick={() => onZoom(null)}>
                  Reset zoom
                </Button>
              )}
              <Segmented
                label="Time range"
                options={OPTIONS}
                value={zoom ? null : range}
                onChange={onRange}
              />
            </>
          }
        >
          {(slots) => (
            <Attempts
              slots={slots}
              plan={plan}
              now={to}
              end={end}
              isTable={isTable}
              flags={flags}
              onPick={onZoom}
              onReset={() => onZoom(null)}
            />
          )}
        </Panel>
        <Panel
          id="h-status"
          title="Jobs by status"
          side={<span className="sub num">{count(stats.total)} in all</span>}
          query={query}
          request="GET /stats"
        >
          {(data) => <ByStatus stats={data} />}
        </Panel>
      </div>
      <div className="three">
        <Panel
          id="h-latency"
          title="Latency"
          sub={`each ${plan.latency}, log scale`}
          className="lat"
          query={latencies}
          request="GET /stats/history"
          side={
            <Segmented
              label="Latency of"
              options={MEASURES}
              value={measure}
              onChange={(next) => setMeasure(next)}
            />
          }
        >
          {(slots) => (
            <Latencies
              slots={slots}
              measure={measure}
              resolution={plan.latency}
              spanMs={plan.spanMs}
              now={to}
              end={end}
            />
          )}
        </Panel>
        <RetriesDue now={now} />
        <Panel id="h-queues" title="Queues" query={queues} request="GET /queues">
          {(data) => <Queues queues={data} />}
        </Panel>
      </div>
      <div className="lower">
        <Panel
          id="h-failing"
          title="Failing now"
          sub={failingWords(failures.data, now)}
          query={failures}
          request="GET /events"
          side={
            <Link className="sub" to="/dead-letters" search={{}}>
              Dead letters
            </Link>
          }
        >
          {(data) => <FailingNow failures={data} now={now} />}
        </Panel>
        <Panel
          id="h-latest"
          title="Latest"
          query={failures}
          request="GET /events"
          side={
            <>
              <Segmented
                label="Latest"
                options={LATEST}
                value={latest}
                onChange={(next) => setLatest(next)}
              />
              <Link
                className="sub"
                to="/events"
                search={latest === 'failures' ? { type: 'Failed' } : {}}
                preload={false}
              >
                Open stream
              </Link>
            </>
          }
        >
          {(data) => (latest === 'failures' ? <LatestFailures failures={data} /> : <LatestEvents />)}
        </Panel>
      </div>
    </>
  );
}

/** Of how many attempts the groups are made, where that is less than an hour of them. */
const failingWords = (failures: Failures | undefined, now: number): string =>
  !failures || coversHour(failures, now)
    ? 'attempts by error, last hour'
    : `newest ${plural(failures.attempts.length, 'failed attempt')} by error`;

const Legend = () => (
  <div className="legend">
    {OUTCOMES.map(({ name, words, tone }) => (
      <span key={name}>
        <i className="sw" style={{ background: `var(--${tone}-fill)` }} />
        {words}
      </span>
    ))}
  </div>
);
