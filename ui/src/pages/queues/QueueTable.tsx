import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, useRef, useState } from 'react';
import type { Queue } from '../../api/types';
import { arrangeQueues, inOrder } from '../../core/queues';
import { PHONE, useMedia } from '../../ui/useMedia';
import { useIsPast } from '../past/context';
import { useRefusal, useStats } from '../services';
import { CancelQuestion } from './CancelQuestion';
import { LimitQuestion } from './LimitQuestion';
import { PauseQuestion } from './PauseQuestion';
import type { QueueDetailProps } from './QueueDetail';
import { QueueRow } from './QueueRow';
import type { Depths } from './useDepths';
import { usePauses } from './usePauses';
import { useQueueOrders } from './useQueueOrders';

interface QueueTableProps {
  queues: readonly Queue[];
  /** By the address. */
  named: string | undefined;
  depths: Depths;
  /** In the past: since when the oldest job of each queue waited, where that is known. */
  oldest?: ReadonlyMap<string, number> | undefined;
  /** What is shown of the queue that is chosen. */
  Detail: ComponentType<QueueDetailProps>;
}

/** The queues, and below them the one that is chosen. */
export function QueueTable({ queues: known, named, depths, oldest, Detail }: QueueTableProps) {
  const orders = useQueueOrders();
  const refusal = useRefusal();
  const navigate = useNavigate();
  const [pausing, setPausing] = useState<Queue | null>(null);
  const [limiting, setLimiting] = useState<Queue | null>(null);
  const [cancelling, setCancelling] = useState<Queue | null>(null);
  const isPast = useIsPast();
  const then = useStats()?.seq ?? null;
  const pauses = usePauses(known, depths, isPast ? then : null);
  const isPhone = useMedia(PHONE);
  // Rows stay where they stood when the page was opened.
  const names = useRef<readonly string[]>([]);
  const queues = inOrder(arrangeQueues(known), names.current);
  names.current = queues.map(({ name }) => name);
  // Where there is room, the one with the most to do is open by itself.
  const chosen = named ?? (isPhone ? undefined : names.current[0]);
  const detailed = queues.find(({ name }) => name === chosen);
  if (queues.length === 0) {
    return (
      <p className="dim none">
        {isPast
          ? 'No queue had jobs or settings yet.'
          : 'No queue has jobs or settings yet. The first job of a queue makes it.'}
      </p>
    );
  }
  return (
    <>
      <div className="qs">
        <table className="tbl num">
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col" className="trend">
                Depth, {depths.reach.spanMs / 60_000} min
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
                samples={depths.samples}
                oldest={oldest}
                pauses={pauses}
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
        <p className="dim none">
          {isPast
            ? `There was no queue “${chosen}” then: it had neither jobs nor settings.`
            : `There is no queue “${chosen}”: it has neither jobs nor settings.`}
        </p>
      )}
      {detailed && (
        <Detail
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
      {pausing && (
        <PauseQuestion
          queue={pausing}
          onClose={() => setPausing(null)}
          onConfirm={(reason) => void orders.pause(pausing.name, reason)}
        />
      )}
      {limiting && (
        <LimitQuestion
          queue={limiting}
          onClose={() => setLimiting(null)}
          onConfirm={(limit) => void orders.limit(limiting.name, limit)}
        />
      )}
      {cancelling && <CancelQuestion queue={cancelling} onClose={() => setCancelling(null)} />}
    </>
  );
}
