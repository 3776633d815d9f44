import { Link } from '@tanstack/react-router';
import { Gauge, Pause, Play } from 'lucide-react';
import type { Queue, Status } from '../../api/types';
import { count, percent } from '../../core/numbers';
import { isFull, successOf } from '../../core/queues';
import { Button } from '../../ui/Button';

interface QueueRowProps {
  queue: Queue;
  refusal: string | null;
  onPause(): void;
  onResume(): void;
  onLimit(): void;
}

export function QueueRow({ queue, refusal, onPause, onResume, onLimit }: QueueRowProps) {
  const { name, paused, pause_reason: reason, by_status: by } = queue;
  const success = successOf(queue);
  return (
    <tr>
      <th scope="row">
        <span className="row tight">
          <Link className="ellip" to="/jobs" search={{ queue: name }} title={name} preload={false}>
            {name}
          </Link>
          {paused && (
            <span className="chip held" title={reason || undefined}>
              <Pause className="i s" />
              Paused
            </span>
          )}
        </span>
        {paused && reason && <span className="sub ellip why">{reason}</span>}
      </th>
      <Figure n={queue.ready} queue={name} status="QUEUED" />
      <Figure n={by.SCHEDULED} queue={name} status="SCHEDULED" />
      <Figure n={by.RETRYING} queue={name} status="RETRYING" tone="c-retrying" />
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
