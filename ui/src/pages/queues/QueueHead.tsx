import { Ban, Minus, Pause, Play, Plus } from 'lucide-react';
import type { Queue } from '../../api/types';
import { type Depth, emptyingWords } from '../../core/depth';
import { count } from '../../core/numbers';
import { LIMIT_MAX } from '../../core/queues';
import { Button, IconButton } from '../../ui/Button';

export interface QueueOrderProps {
  queue: Queue;
  refusal: string | null;
  onPause(): void;
  onResume(): void;
  onAskLimit(): void;
  onLimit(limit: number): void;
  onCancel(): void;
}

function noLower(limit: Queue['concurrency']): string | null {
  if (limit === null) return 'There is no limit to lower';
  return limit <= 1 ? 'There is no lower limit; a pause stops all of it' : null;
}

function noHigher(limit: Queue['concurrency']): string | null {
  if (limit === null) return 'There is no limit to raise';
  return limit >= LIMIT_MAX ? 'There is no higher limit' : null;
}

/** What waits there and for how long, and the orders of the queue. */
export function QueueHead(props: QueueOrderProps & { series: readonly Depth[] }) {
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
          refusal={refusal ?? noLower(concurrency)}
          onClick={() => concurrency !== null && props.onLimit(concurrency - 1)}
        >
          <Minus className="i s" />
        </IconButton>
        <Button tone="ghost" className="num" refusal={refusal} onClick={props.onAskLimit}>
          {concurrency === null ? 'none' : count(concurrency)}
        </Button>
        <IconButton
          label="One more, from now on"
          refusal={refusal ?? noHigher(concurrency)}
          onClick={() => concurrency !== null && props.onLimit(concurrency + 1)}
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
