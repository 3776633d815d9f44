import { Link } from '@tanstack/react-router';
import { Gauge, Pause, Play } from 'lucide-react';
import type { Queue, Status } from '../../api/types';
import { SAMPLES, type Sample } from '../../core/depth';
import { count, percent } from '../../core/numbers';
import { isFull, type Pauses, successOf } from '../../core/queues';
import { Sparkline } from '../../plot/Sparkline';
import { Button } from '../../ui/Button';
import { Age, Oldest } from './Oldest';
import { PausedSince } from './PausedSince';
import { QueueLink } from './QueueLink';

interface QueueRowProps {
  queue: Queue;
  /** The queues over the last while. */
  samples: readonly Sample[];
  /** In the past: since when the oldest job of each queue waited, where that is known. */
  oldest: ReadonlyMap<string, number> | undefined;
  pauses: Pauses;
  isChosen: boolean;
  refusal: string | null;
  onChoose(): void;
  onPause(): void;
  onResume(): void;
  onLimit(): void;
}

export function QueueRow({
  queue,
  samples,
  oldest,
  pauses,
  isChosen,
  refusal,
  onChoose,
  onPause,
  onResume,
  onLimit,
}: QueueRowProps) {
  const { name, paused, pause_reason: reason, by_status: by } = queue;
  const success = successOf(queue);
  return (
    <tr
      aria-current={isChosen ? 'true' : undefined}
      className={isChosen ? 'on' : undefined}
      onClick={(event) => {
        if (!(event.target as HTMLElement).closest('a, button')) onChoose();
      }}
    >
      <th scope="row">
        <span className="row tight">
          <QueueLink name={name} isHere />
          {paused && (
            <span className="chip held" title={reason || undefined}>
              <Pause className="i s" />
              <span>
                Paused
                <PausedSince queue={name} pauses={pauses} />
              </span>
            </span>
          )}
        </span>
        {paused && reason && <span className="sub ellip why">{reason}</span>}
      </th>
      <td className="trend">
        <Trend queue={queue} samples={samples} />
      </td>
      <Figure n={queue.ready} queue={name} status="QUEUED" />
      <Figure n={by.SCHEDULED} queue={name} status="SCHEDULED" />
      <Figure n={by.RETRYING} queue={name} status="RETRYING" tone="c-retrying" />
      <td>
        {by.QUEUED === 0 ? (
          <span className="faint">–</span>
        ) : oldest ? (
          <Age since={oldest.get(name) ?? null} />
        ) : (
          <Oldest name={name} />
        )}
      </td>
      <td>
        <Running queue={queue} />
      </td>
      <Figure n={by.FAILED} queue={name} status="FAILED" tone="c-failed" />
      <td className={success === null ? 'faint' : undefined}>{success === null ? '–' : percent(success)}</td>
      <td>
        <span className="row tight orders">
          <Button tone="ghost" refusal={refusal} aria-label={`Limit ${name}`} onClick={onLimit}>
            <Gauge className="i s" />
            Limit
          </Button>
          {paused ? (
            <Button refusal={refusal} aria-label={`Resume ${name}`} onClick={onResume}>
              <Play className="i s" />
              Resume
            </Button>
          ) : (
            <Button tone="ghost" refusal={refusal} aria-label={`Pause ${name}`} onClick={onPause}>
              <Pause className="i s" />
              Pause
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

/** What waited there, for its start or for a retry. */
function Trend({ queue, samples }: { queue: Queue; samples: readonly Sample[] }) {
  if (samples.length < SAMPLES) return null; // they are still being looked at
  const depth = ({ QUEUED, RETRYING }: Queue['by_status']): number => QUEUED + RETRYING;
  const values = samples.map(({ queues }) => {
    const then = queues.find(({ name }) => name === queue.name);
    return then ? depth(then.by_status) : 0;
  });
  const tone = queue.by_status.RETRYING > 0 || queue.paused ? 'retrying' : 'queued';
  return <Sparkline values={[...values, depth(queue.by_status)]} tone={tone} />;
}

/** A number that leads to the jobs it counts. */
function Figure({ n, queue, status, tone }: { n: number; queue: string; status: Status; tone?: string }) {
  if (n === 0) return <td className="faint">0</td>;
  return (
    <td>
      <Link className={tone} to="/jobs" search={{ queue, status }} preload={false}>
        {count(n)}
      </Link>
    </td>
  );
}

function Running({ queue }: { queue: Queue }) {
  const { running, concurrency } = queue;
  if (concurrency === null) {
    return (
      <span className="row tight">
        <span className={running === 0 ? 'faint' : undefined}>{count(running)}</span>
        <span className="faint">no limit</span>
      </span>
    );
  }
  return (
    <span className="row tight">
      <meter
        className="of"
        min={0}
        max={concurrency}
        value={running}
        aria-label={`Running in ${queue.name}`}
      />
      <span>
        {count(running)} <span className="faint">of {count(concurrency)}</span>
      </span>
      {isFull(queue) && <span className="chip held">Full</span>}
    </span>
  );
}
