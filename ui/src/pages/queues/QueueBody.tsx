import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { Job, Queue } from '../../api/types';
import { timeTicks } from '../../core/axis';
import { type Depth, depthsOf, endedBars, firstWaits } from '../../core/depth';
import { count, percent, plural } from '../../core/numbers';
import { successOf } from '../../core/queues';
import type { Told } from '../../core/then';
import { coarse } from '../../core/time';
import { type Flag, flagGroups } from '../../core/timeline';
import { Button } from '../../ui/Button';
import { useZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { useNowWord } from '../past/context';
import { DepthChart } from './DepthChart';
import { DepthTable } from './DepthTable';
import { Ended } from './Ended';
import { QueueHead, type QueueOrderProps } from './QueueHead';
import { QueuePart } from './QueuePart';
import { Changes, JobTypes, PolicyInForce } from './QueueSide';
import type { Depths } from './useDepths';
import { Waits } from './Waits';

/** Closer than this, two flags share a place. */
const APART = 0.03;
const TICKS = 5;

interface QueueBodyProps extends QueueOrderProps {
  depths: Depths;
  /** What was changed about it in that time. */
  changes: readonly Flag[];
  /** The newest jobs that had been made by that moment, and what is said where none is known. */
  jobs: readonly Job[];
  noJobs: string;
  /** Those of them that tell of its policy, and of its waits; left out, all do. */
  told?: Told;
  workers: ReactNode;
}

/** One queue up to a moment: what waited and ran over the last while on one axis of time, what was changed about it, and its orders. */
export function QueueBody(props: QueueBodyProps) {
  const { queue, depths, changes, jobs, told = { policies: jobs, starts: jobs } } = props;
  const { name } = queue;
  const { samples, reach, now } = depths;
  const zone = useZone();
  const word = useNowWord();
  const series = useMemo(() => depthsOf(samples, queue, now), [samples, queue, now]);
  const from = now - reach.spanMs;
  const groups = flagGroups(changes, { from, to: now }, APART);
  const shares = series.map(({ at }) => Math.max(0, (at - from) / reach.spanMs));
  const times = timeTicks(from, now, zone, TICKS, word);
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
                sub={reach.isTooMuch ? `${word}; too much happens to look back` : `jobs, last ${minutes} min`}
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
                    label={`Depth over ${minutes} minutes: ${word} ${plural(queue.by_status.QUEUED, 'job')} queued, ${count(queue.by_status.RETRYING)} retrying`}
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
                    label={`Running over ${minutes} minutes: ${word} ${runningWords(queue)}`}
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
                sub={`first attempts of the newest ${plural(jobs.length, 'job')}`}
              >
                <Waits waits={firstWaits(told.starts)} />
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
            <PolicyInForce jobs={told.policies} />
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
            <Changes flags={changes} />
          </QueuePart>
          <QueuePart id="h-types" title="Job types" sub="share of the newest jobs">
            <JobTypes jobs={jobs} queue={name} none={props.noJobs} />
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
            {props.workers}
          </QueuePart>
        </div>
      </div>
    </section>
  );
}

const runningWords = ({ running, concurrency }: Queue): string =>
  concurrency === null ? `${count(running)}, no limit` : `${count(running)} of ${count(concurrency)}`;
