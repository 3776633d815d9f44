import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Ban, Minus, Pause, Play, Plus } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { newestJobs } from '../../api/depths';
import { keys } from '../../api/keys';
import type { Job, Queue } from '../../api/types';
import { listWorkers } from '../../api/workers';
import { timeTicks } from '../../core/axis';
import { type Depth, depthsOf, emptyingWords, endedBars, firstWaits } from '../../core/depth';
import { count, percent, plural } from '../../core/numbers';
import { LIMIT_MAX, successOf } from '../../core/queues';
import { coarse } from '../../core/time';
import { flagGroups } from '../../core/timeline';
import { Button, IconButton } from '../../ui/Button';
import { useZone } from '../../ui/preferences';
import { useFlags } from '../time-travel/useFlags';
import { useLiveRefetch } from '../useLiveRefetch';
import { DepthChart } from './DepthChart';
import { Ended } from './Ended';
import { Changes, JobTypes, Listeners, PolicyInForce } from './QueueSide';
import type { Depths } from './useDepths';
import { Waits } from './Waits';

/** Closer than this, two flags share a place. */
const APART = 0.03;
const JOBS_GAP_MS = 3000;
const WORKERS_MS = 3000;
const NONE: readonly Job[] = [];
const TICKS = 5;

interface QueueDetailProps {
  queue: Queue;
  depths: Depths;
  refusal: string | null;
  onPause(): void;
  onResume(): void;
  onAskLimit(): void;
  onLimit(limit: number): void;
  onCancel(): void;
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
  return (
    <section className="qd" aria-labelledby="h-queue">
      <Head {...props} series={series} />
      <div className="qg">
        <div className="qc">
          <Part
            id="h-depth"
            title="Depth"
            sub={`jobs, last ${minutes} min`}
            side={
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
          </Part>
          <Part
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
          </Part>
          <Part
            id="h-wait"
            title="Wait before start"
            sub={`first attempts of the newest ${count(jobs.length)} jobs`}
          >
            <Waits waits={firstWaits(jobs)} />
          </Part>
          <Part
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
          </Part>
        </div>
        <div className="qside">
          <Part id="h-policy" title="Policy in force">
            <PolicyInForce jobs={jobs} />
          </Part>
          <Part
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
          </Part>
          <Part id="h-types" title="Job types" sub="share of the newest jobs">
            <JobTypes jobs={jobs} queue={name} />
          </Part>
          <Part
            id="h-listen"
            title="Workers"
            side={
              <Link className="sub" to="/workers" search={{}} preload={false}>
                All workers
              </Link>
            }
          >
            {workers && <Listeners workers={workers} queue={name} />}
          </Part>
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

function Head(props: QueueDetailProps & { series: readonly Depth[] }) {
  const { queue, series, refusal } = props;
  const { name, paused, concurrency, by_status: by } = queue;
  const emptying = emptyingWords(series, queue);
  return (
    <header className="qh">
      <h2 id="h-queue" className="ellip" title={name}>
        {name}
      </h2>
      <span className="dim num facts">
        <span>
          <b className="med">{count(by.QUEUED)}</b> queued{emptying !== null && `, ${emptying}`}
        </span>
        {by.RETRYING > 0 && (
          <span>
            <b className="med">{count(by.RETRYING)}</b> retrying
          </span>
        )}
      </span>
      <span className="grow" />
      <span className="row tight stepper" role="group" aria-label={`Limit of ${name}`}>
        <span className="sub">Limit</span>
        <IconButton
          label="One less; running jobs finish"
          refusal={refusal ?? (concurrency === null || concurrency <= 1 ? 'There is no lower limit' : null)}
          onClick={() => props.onLimit((concurrency ?? 2) - 1)}
        >
          <Minus className="i s" />
        </IconButton>
        <Button tone="ghost" className="num" refusal={refusal} onClick={props.onAskLimit}>
          {concurrency === null ? 'none' : count(concurrency)}
        </Button>
        <IconButton
          label="One more, from now on"
          refusal={
            refusal ??
            (concurrency === null || concurrency >= LIMIT_MAX ? 'There is no limit to raise' : null)
          }
          onClick={() => props.onLimit((concurrency ?? 0) + 1)}
        >
          <Plus className="i s" />
        </IconButton>
      </span>
      {paused ? (
        <Button refusal={refusal} onClick={props.onResume}>
          <Play className="i s" />
          Resume {name}
        </Button>
      ) : (
        <Button refusal={refusal} onClick={props.onPause}>
          <Pause className="i s" />
          Pause {name}
        </Button>
      )}
      <Button
        tone="danger"
        refusal={refusal ?? (by.QUEUED === 0 ? 'Nothing is queued here' : null)}
        onClick={props.onCancel}
      >
        <Ban className="i s" />
        Cancel {count(by.QUEUED)} queued
      </Button>
    </header>
  );
}

interface PartProps {
  id: string;
  title: string;
  sub?: string;
  side?: ReactNode;
  children: ReactNode;
}

const Part = ({ id, title, sub, side, children }: PartProps) => (
  <section className="cell" aria-labelledby={id}>
    <header className="hd">
      <h3 id={id}>{title}</h3>
      {sub && <span className="sub num">{sub}</span>}
      <span className="grow" />
      {side}
    </header>
    {children}
  </section>
);
