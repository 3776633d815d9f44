import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo, useState } from 'react';
import type { Job } from '../../api/types';
import { depthsOf } from '../../core/depth';
import type { Told } from '../../core/then';
import type { Flag } from '../../core/timeline';
import { Button } from '../../ui/Button';
import { useShortcuts } from '../../ui/shortcuts';
import { DepthTable } from './DepthTable';
import { QueueCharts } from './QueueCharts';
import { QueueHead, type QueueOrderProps } from './QueueHead';
import { QueuePart } from './QueuePart';
import { Changes, JobTypes, PolicyInForce } from './QueueSide';
import type { Depths } from './useDepths';

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
  const series = useMemo(() => depthsOf(samples, queue, now), [samples, queue, now]);
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
            <QueueCharts
              queue={queue}
              depths={depths}
              series={series}
              changes={changes}
              jobs={jobs}
              starts={told.starts}
              flip={flip}
            />
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
