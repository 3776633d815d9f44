import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { newestJobs } from '../../api/depths';
import { keys } from '../../api/keys';
import type { Job, Queue } from '../../api/types';
import { listWorkers } from '../../api/workers';
import { timeTicks } from '../../core/axis';
import { type Depth, depthsOf, endedBars, firstWaits } from '../../core/depth';
import { count, percent, plural } from '../../core/numbers';
import { successOf } from '../../core/queues';
import { coarse } from '../../core/time';
import { flagGroups } from '../../core/timeline';
import { Button } from '../../ui/Button';
import { useZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { useFlags } from '../time-travel/useFlags';
import { useLiveRefetch } from '../useLiveRefetch';
import { DepthChart } from './DepthChart';
import { DepthTable } from './DepthTable';
import { Ended } from './Ended';
import { QueueHead, type QueueOrderProps } from './QueueHead';
import { QueuePart } from './QueuePart';
import { Changes, JobTypes, Listeners, PolicyInForce } from './QueueSide';
import type { Depths } from './useDepths';
import { Waits } from './Waits';

/** Closer than this, two flags share a place. */
const APART = 0.03;
const JOBS_GAP_MS = 3000;
const WORKERS_MS = 3000;
const NONE: readonly Job[] = [];
const TICKS = 5;

interface QueueDetailProps extends QueueOrderProps {
  depths: Depths;
}

/** One queue: what waits and runs over the last while on one axis of time, what was changed about it, and its orders. */
export function QueueDetail(props: QueueDetailProps) {
  const { queue, depths } = props;
  const { name } = queue;
  const { samples, reach, now } = depths;
  const zone = useZone();
  const series = useMemo(() => depthsOf(samples, queue, now), [samples, queue, now]);
  useLiveRefetch(keys.queueJobs(name), JOBS_GAP_MS);
  const { data: jobs = NONE } = useQuery({
    queryKey: keys.queueJobs(name),
    queryFn: ({ signal }) => newestJobs(name, signal),
    refetchOnMount: 'always',
  });
  const { data: workers } = useQuery({
    queryKey: keys.workers,
    queryFn: listWorkers,
    refetchInterval: WORKERS_MS,
  });
  const from = now - reach.spanMs;
  const stretch = { from, to: now };
  const { flags } = useFlags(stretchOf(depths), now);
  const policies = new Set(jobs.map(({ retry }) => retry.name?.replace(/@\d+$/, '')));
  const own = flags.filter(({ type, of }) => (type === 'PolicySet' ? policies.has(of) : of === name));
  const groups = flagGroups(own, stretch, APART);
  const shares = series.map(({ at }) => Math.max(0, (at - from) / reach.spanMs));
  const times = timeTicks(from, now, zone, TICKS);
  const values = (read: (depth: Depth) => number): number[] => series.map(read);
  const success = successOf(queue);
  const minutes = reach.spanMs / 60_000;
  const [isTable, setTable] = useState(false);
  useShortcuts('Queue', [
    { keys: ['t'], label: 'The queue as a table or as charts', run: () => setTable(!isTable) },
  ]);
  const flip = (
    <Button aria-pressed={isTable} className="small" onClick={() => setTable(!isTable)}>
      Table
    </Button>
  );
  return (
    <section className="qd" aria-labelledby="h-queue">
      <QueueHead {...props} series={series} />
      <div className="qg">
        <div className="qc">
          {isTable ? (
            <QueuePart
              id="h-numbers"
              title="As numbers"
              sub={`last ${minutes} min`}
              side={flip}
              className="wide"
            >
              <DepthTable series={series} stepMs={reach.stepMs} now={now} />
            </QueuePart>
          ) : (
            <>
              <QueuePart
                id="h-depth"
                title="Depth"
                sub={reach.isTooMuch ? 'now; too much happens to look back' : `jobs, last ${minutes} min`}
                side={
                  <>
                    <div className="legend">
                      <span>
                        <i className="sw b-queued" />
                        Queued
                      </span>
                      <span>
                        <i className="sw b-retrying" />
                        Retrying
                      </span>
                    </div>
                    {flip}
                  </>
                }
              >
                <div className="pad flagged">
                  <DepthChart
                    label={`Depth over ${minutes} minutes: now ${plural(queue.by_status.QUEUED, 'job')} queued, ${count(queue.by_status.RETRYING)} retrying`}
                    shares={shares}
                    layers={[
                      { tone: 'queued', values: values(({ queued }) => queued) },
                      { tone: 'retrying', values: values(({ retrying }) => retrying) },
                    ]}
                    times={times}
                    flags={groups}
                    hasNames
                  />
                </div>
              </QueuePart>
              <QueuePart
                id="h-running"
                title="Running against limit"
                sub="jobs"
                side={<span className="sub num">{runningWords(queue)}</span>}
              >
                <div className="pad flagged">
                  <DepthChart
                    label={`Running over ${minutes} minutes: now ${runningWords(queue)}`}
                    shares={shares}
                    layers={[{ tone: 'running', values: values(({ running }) => running) }]}
                    limits={series.map(({ limit }) => limit)}
                    times={times}
                    flags={groups}
                  />
                </div>
              </QueuePart>
              <QueuePart
                id="h-wait"
                title="Wait before start"
                sub={`first attempts of the newest ${count(jobs.length)} jobs`}
              >
                <Waits waits={firstWaits(jobs)} />
              </QueuePart>
              <QueuePart
                id="h-ended"
                title="Jobs that ended"
                sub={`every ${coarse(reach.stepMs).replace(' 00 s', '')}`}
                side={
                  <span className="sub num">
                    {success === null ? '' : `${percent(success)} succeeded in all`}
                  </span>
                }
              >
                <div className="pad flagged">
                  <Ended
                    bars={endedBars(series, reach.stepMs)}
                    from={from}
                    spanMs={reach.spanMs}
                    stepMs={reach.stepMs}
                    times={times}
                    flags={groups}
                  />
                </div>
              </QueuePart>
            </>
          )}
        </div>
        <div className="qside">
          <QueuePart id="h-policy" title="Policy in force">
            <PolicyInForce jobs={jobs} />
          </QueuePart>
          <QueuePart
            id="h-changes"
            title="Changes"
            sub={`last ${minutes} min`}
            side={
              <Link className="sub" to="/time-travel" search={{ range: '24h' }} preload={false}>
                Time travel
              </Link>
            }
          >
            <Changes flags={own} />
          </QueuePart>
          <QueuePart id="h-types" title="Job types" sub="share of the newest jobs">
            <JobTypes jobs={jobs} queue={name} />
          </QueuePart>
          <QueuePart
            id="h-listen"
            title="Workers"
            side={
              <Link className="sub" to="/workers" search={{}} preload={false}>
                All workers
              </Link>
            }
          >
            {workers && <Listeners workers={workers} queue={name} />}
          </QueuePart>
        </div>
      </div>
    </section>
  );
}

/** In whole steps, so that what was read of the log holds for a while. */
const stretchOf = ({ reach: { spanMs, stepMs }, now }: Depths) => {
  const to = (Math.floor(now / stepMs) + 1) * stepMs;
  return { from: to - spanMs, to };
};

const runningWords = ({ running, concurrency }: Queue): string =>
  concurrency === null ? `${count(running)}, no limit` : `${count(running)} of ${count(concurrency)}`;
