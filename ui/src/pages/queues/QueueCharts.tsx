import type { ReactNode } from 'react';
import type { Job, Queue } from '../../api/types';
import { timeTicks } from '../../core/axis';
import { type Depth, endedBars, firstWaits } from '../../core/depth';
import { count, percent, plural } from '../../core/numbers';
import { successOf } from '../../core/queues';
import { coarse } from '../../core/time';
import { type Flag, flagGroups } from '../../core/timeline';
import { useZone } from '../../ui/preferences';
import { useNowWord } from '../past/context';
import { DepthChart } from './DepthChart';
import { Ended } from './Ended';
import { QueuePart } from './QueuePart';
import type { Depths } from './useDepths';
import { Waits } from './Waits';

/** Closer than this, two flags share a place. */
const APART = 0.03;
const TICKS = 5;

interface QueueChartsProps {
  queue: Queue;
  depths: Depths;
  series: readonly Depth[];
  /** What was changed about it in that time. */
  changes: readonly Flag[];
  /** The newest jobs, and those of them that tell of waits. */
  jobs: readonly Job[];
  starts: readonly Job[];
  /** Shows the numbers instead. */
  flip: ReactNode;
}

/** What waited, ran and ended in a queue over the last while, on one axis of time. */
export function QueueCharts({ queue, depths, series, changes, jobs, starts, flip }: QueueChartsProps) {
  const { reach, now } = depths;
  const zone = useZone();
  const word = useNowWord();
  const from = now - reach.spanMs;
  const groups = flagGroups(changes, { from, to: now }, APART);
  const shares = series.map(({ at }) => Math.max(0, (at - from) / reach.spanMs));
  const times = timeTicks(from, now, zone, TICKS, word);
  const values = (read: (depth: Depth) => number): number[] => series.map(read);
  const success = successOf(queue);
  const minutes = reach.spanMs / 60_000;
  return (
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
        <Waits waits={firstWaits(starts)} />
      </QueuePart>
      <QueuePart
        id="h-ended"
        title="Jobs that ended"
        sub={`every ${coarse(reach.stepMs).replace(' 00 s', '')}`}
        side={
          <span className="sub num">{success === null ? '' : `${percent(success)} succeeded in all`}</span>
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
  );
}

const runningWords = ({ running, concurrency }: Queue): string =>
  concurrency === null ? `${count(running)}, no limit` : `${count(running)} of ${count(concurrency)}`;
