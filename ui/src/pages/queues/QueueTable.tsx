import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { AskFirst } from '../bulk/AskFirst';
import { useOperations } from '../bulk/operations';
import { bulkRequest, type Scope } from '../bulk/scope';
import { useRefusal } from '../services';
import { LimitQuestion } from './LimitQuestion';
import { PauseQuestion } from './PauseQuestion';
import { QueueDetail } from './QueueDetail';
import { QueueRow } from './QueueRow';
import type { Depths } from './useDepths';
import { useQueueOrders } from './useQueueOrders';

interface QueueTableProps {
  queues: readonly Queue[];
  chosen?: string | undefined;
  /** Of now; the past shows its numbers only. */
  depths?: Depths;
}

/** The queues, and below them the one that is chosen. */
export function QueueTable({ queues, chosen, depths }: QueueTableProps) {
  const orders = useQueueOrders();
  const refusal = useRefusal();
  const navigate = useNavigate();
  const [pausing, setPausing] = useState<Queue | null>(null);
  const [limiting, setLimiting] = useState<Queue | null>(null);
  const [cancelling, setCancelling] = useState<Queue | null>(null);
  const detailed = queues.find(({ name }) => name === chosen);
  if (queues.length === 0) {
    return <p className="dim none">No queue has jobs or settings yet. The first job of a queue makes it.</p>;
  }
  return (
    <>
      <div className="qs">
        <table className="tbl num">
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col" className="trend">
                {depths ? `Depth, ${depths.reach.spanMs / 60_000} min` : <span className="sr">Depth</span>}
              </th>
              <th scope="col">Ready</th>
              <th scope="col">Scheduled</th>
              <th scope="col">Retrying</th>
              <th scope="col">Oldest</th>
              <th scope="col">Running of limit</th>
              <th scope="col">Failed</th>
              <th scope="col">Success</th>
              <th scope="col">
                <span className="sr">Orders</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {queues.map((queue) => (
              <QueueRow
                key={queue.name}
                queue={queue}
                samples={depths?.samples}
                isChosen={queue.name === chosen}
                refusal={refusal}
                onChoose={() => void navigate({ to: '/queues/$name', params: { name: queue.name } })}
                onPause={() => setPausing(queue)}
                onResume={() => void orders.resume(queue.name)}
                onLimit={() => setLimiting(queue)}
              />
            ))}
          </tbody>
        </table>
      </div>
      {chosen !== undefined && !detailed && (
        <p className="dim none">There is no queue “{chosen}”: it has neither jobs nor settings.</p>
      )}
      {detailed && depths && (
        <QueueDetail
          key={detailed.name}
          queue={detailed}
          depths={depths}
          refusal={refusal}
          onPause={() => setPausing(detailed)}
          onResume={() => void orders.resume(detailed.name)}
          onAskLimit={() => setLimiting(detailed)}
          onLimit={(limit) => void orders.limit(detailed.name, limit)}
          onCancel={() => setCancelling(detailed)}
        />
      )}
      <PauseQuestion
        queue={pausing}
        onClose={() => setPausing(null)}
        onConfirm={(name, reason) => void orders.pause(name, reason)}
      />
      <LimitQuestion
        key={limiting?.name}
        queue={limiting}
        onClose={() => setLimiting(null)}
        onConfirm={(name, limit) => void orders.limit(name, limit)}
      />
      {cancelling && <CancelQueued queue={cancelling} onClose={() => setCancelling(null)} />}
    </>
  );
}

/** Asks, with the number typed, before all that waits in a queue is cancelled. */
function CancelQueued({ queue, onClose }: { queue: Queue; onClose(): void }) {
  const operations = useOperations();
  const { name } = queue;
  // What it was when the question was asked.
  const [about] = useState(queue.by_status.QUEUED);
  const scope: Scope = { filter: { status: ['QUEUED'], queue: name }, about, isEstimated: false };
  const request = bulkRequest('cancel', scope);
  return (
    <AskFirst
      question={{
        action: 'cancel',
        verb: 'Cancel',
        scope,
        of: `All ${count(about)} queued in ${name}. What runs there, or waits for a retry, goes on.`,
        request,
        isTyped: true,
      }}
      onClose={onClose}
      onConfirm={() => operations.start(request, `Cancelling what is queued in ${name}`)}
    />
  );
}
