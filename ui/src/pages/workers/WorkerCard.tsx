import { Link } from '@tanstack/react-router';
import { Activity, Moon, Power, TriangleAlert } from 'lucide-react';
import type { Worker } from '../../api/types';
import type { WorkerOrder } from '../../api/workers';
import { bytes, count } from '../../core/numbers';
import { coarse, millis } from '../../core/time';
import type { Flag } from '../../core/timeline';
import type { KnownWorker } from '../../core/workers';
import { Button } from '../../ui/Button';
import { useClock } from '../../ui/clock';
import { RelativeTime } from '../../ui/Time';
import { Cells } from './Cells';
import { Lately } from './Lately';
import { LostDetail } from './LostDetail';
import { Running } from './Running';

interface WorkerCardProps {
  known: KnownWorker;
  usual: ReadonlyMap<string, number | null>;
  /** When it was lost, as far as the last hour of the log tells. */
  losses: readonly Flag[];
  refusal: string | null;
  /** Whether it is the one in the address, and shows more of itself. */
  isChosen: boolean;
  onOrder(order: WorkerOrder): void;
}

export function WorkerCard({ known, usual, losses, refusal, isChosen, onOrder }: WorkerCardProps) {
  const { worker, kind, slots } = known;
  const heading = `worker-${worker.name}`;
  const ends = worker.state === 'terminate';
  return (
    <li
      className={['w', worker.lost && 'lost', isChosen && 'open'].filter(Boolean).join(' ')}
      aria-labelledby={heading}
    >
      <div className="row">
        <span className="tile" aria-hidden="true">
          {kind.short}
        </span>
        <h2 className="med ellip" id={heading} title={worker.name}>
          <Link to="/workers/$id" params={{ id: worker.name }} search={(kept) => kept} preload={false}>
            {worker.name}
          </Link>
        </h2>
        <StateChip worker={worker} />
        <span className="grow" />
        <span className="num nowrap">
          <b>{count(slots.length)}</b> <span className="faint">running</span>
        </span>
      </div>
      {worker.lost ? (
        <LostDetail name={worker.name} losses={losses} />
      ) : (
        <>
          <Cells slots={slots} usual={usual} name={worker.name} />
          <Running
            slots={slots}
            none={worker.state === 'running' ? 'Waits for jobs' : 'Takes no further job'}
            isAll={isChosen}
          />
        </>
      )}
      <p className="faint ellip">{origin(worker, kind.words)}</p>
      {worker.queues.length > 0 && (
        <p className="faint ellip" title={worker.queues.join(', ')}>
          asks for{' '}
          {worker.queues.map((name, i) => (
            <span key={name}>
              {i > 0 && ', '}
              <Link to="/queues/$name" params={{ name }} search={{}} preload={false}>
                {name}
              </Link>
            </span>
          ))}
        </p>
      )}
      {isChosen && <Lately workers={[worker.name]} />}
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

function UpTime({ worker }: { worker: Worker }) {
  const text = useClock((now) => coarse(Math.max(0, now - millis(worker.since))));
  return (
    <span className="faint num nowrap up">
      {worker.lost ? 'known for' : 'up'} {text}
    </span>
  );
}
