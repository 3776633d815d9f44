import { Link } from '@tanstack/react-router';
import { Activity, Moon, Power, TriangleAlert } from 'lucide-react';
import type { Worker } from '../../api/types';
import type { WorkerOrder } from '../../api/workers';
import { bytes, count, plural } from '../../core/numbers';
import { coarse, millis, ticking } from '../../core/time';
import { isRetry, type KnownWorker, type Slot } from '../../core/workers';
import { Button } from '../../ui/Button';
import { useClock } from '../../ui/clock';
import { RelativeTime } from '../../ui/Time';

const ROWS = 4;
const CELLS = 32;

interface WorkerCardProps {
  known: KnownWorker;
  refusal: string | null;
  onOrder(order: WorkerOrder): void;
}

export function WorkerCard({ known: { worker, kind, slots }, refusal, onOrder }: WorkerCardProps) {
  const heading = `worker-${worker.name}`;
  const ends = worker.state === 'terminate';
  return (
    <li className={worker.lost ? 'w lost' : 'w'} aria-labelledby={heading}>
      <div className="row">
        <span className="tile" aria-hidden="true">
          {kind.short}
        </span>
        <h2 className="med ellip" id={heading} title={worker.name}>
          {worker.name}
        </h2>
        <StateChip worker={worker} />
        <span className="grow" />
        <span className="num nowrap">
          <b>{count(slots.length)}</b> <span className="faint">running</span>
        </span>
      </div>
      <Cells slots={slots} name={worker.name} />
      <Running worker={worker} slots={slots} />
      <p className="faint ellip">{origin(worker, kind.words)}</p>
      {worker.queues.length > 0 && (
        <p className="faint ellip" title={worker.queues.join(', ')}>
          asks for {worker.queues.join(', ')}
        </p>
      )}
      <div className="foot2">
        <span className="row tight num dim" title={`${count(worker.beats)} beats`}>
          <Activity className="i s" aria-label="Last sign of life" />
          <RelativeTime at={worker.seen_at} />
        </span>
        <span className="grow" />
        <UpTime worker={worker} />
        <span className="orders">
          <Button
            refusal={refusal ?? (worker.state === 'running' ? null : 'It takes no jobs already')}
            aria-label={`Quiet ${worker.name}`}
            onClick={() => onOrder('quiet')}
          >
            <Moon className="i s" />
            Quiet
          </Button>
          <Button
            tone="danger"
            refusal={refusal ?? (ends ? 'It was told to end' : null)}
            aria-label={`Terminate ${worker.name}`}
            onClick={() => onOrder('terminate')}
          >
            <Power className="i s" />
            Terminate
          </Button>
        </span>
      </div>
    </li>
  );
}

function origin(worker: Worker, kind: string): string {
  const memory = worker.rss_kb > 0 ? bytes(worker.rss_kb * 1024) : '';
  const pid = worker.pid > 0 ? `pid ${worker.pid}` : '';
  return [kind, worker.host, pid, memory].filter(Boolean).join(', ');
}

function StateChip({ worker }: { worker: Worker }) {
  if (worker.lost) {
    return (
      <span className="chip lz">
        <TriangleAlert className="i s" />
        Lost
      </span>
    );
  }
  if (worker.state === 'running') return null;
  return (
    <span className="chip">
      {worker.state === 'quiet' ? <Moon className="i s" /> : <Power className="i s" />}
      {worker.state === 'quiet' ? 'Quiet' : 'Terminating'}
    </span>
  );
}

/** One cell for each job that runs there. */
function Cells({ slots, name }: { slots: readonly Slot[]; name: string }) {
  const retries = slots.filter(({ job }) => isRetry(job)).length;
  const words = `${name}: ${plural(slots.length, 'job')} running, ${count(retries)} of them again`;
  return (
    <div className="slots" role="img" aria-label={words}>
      {slots.slice(0, CELLS).map(({ id, job }) => (
        <i key={id} className={isRetry(job) ? 'sl t' : 'sl f'} />
      ))}
      {slots.length === 0 && <i className="sl" />}
    </div>
  );
}

function Running({ worker, slots }: { worker: Worker; slots: readonly Slot[] }) {
  if (worker.lost) {
    return (
      <p>
        No sign of life since then. Its jobs were given back with the cause{' '}
        <span className="mono">worker_lost</span>; if it still answers, its answers are refused.
      </p>
    );
  }
  if (slots.length === 0) {
    return <p className="faint">{worker.state === 'running' ? 'Waits for jobs' : 'Takes no further job'}</p>;
  }
  return (
    <ul className="plain runs">
      {slots.slice(0, ROWS).map((slot) => (
        <RunningRow key={slot.id} slot={slot} />
      ))}
      {slots.length > ROWS && <li className="faint">and {count(slots.length - ROWS)} more</li>}
    </ul>
  );
}

function RunningRow({ slot: { id, job } }: { slot: Slot }) {
  const started = job?.started_at ?? null;
  const time = useClock((now) => (started === null ? '' : ticking(Math.max(0, now - millis(started)))));
  return (
    <li className="row">
      <Link className="ellip" to="/jobs/$id" params={{ id: String(id) }} search={{}}>
        {job?.type ?? 'job'} <span className="mono faint">{count(id)}</span>
      </Link>
      <span className="grow" />
      {isRetry(job) && <span className="c-retrying">again</span>}
      <span className="num dim">{time}</span>
    </li>
  );
}

function UpTime({ worker }: { worker: Worker }) {
  const text = useClock((now) => coarse(Math.max(0, now - millis(worker.since))));
  return (
    <span className="faint num nowrap up">
      {worker.lost ? 'known for' : 'up'} {text}
    </span>
  );
}
