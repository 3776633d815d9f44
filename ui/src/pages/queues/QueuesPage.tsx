import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { Queue } from '../../api/types';
import { count, plural } from '../../core/numbers';
import { arrangeQueues } from '../../core/queues';
import { Failure } from '../../ui/Empty';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useRefusal } from '../services';
import { useLiveRefetch } from '../useLiveRefetch';
import { useTitle } from '../useTitle';
import { LimitQuestion } from './LimitQuestion';
import { PauseQuestion } from './PauseQuestion';
import { QueueRow } from './QueueRow';
import { useQueueOrders } from './useQueueOrders';
import './queues.css';

export function QueuesPage() {
  useTitle('Queues');
  useLiveRefetch(keys.queues);
  const queues = useQuery({ queryKey: keys.queues, queryFn: listQueues, refetchOnMount: 'always' });
  return (
    <>
      <TopBar>
        <h1>Queues</h1>
        {queues.data && <span className="sub num">{summary(queues.data)}</span>}
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {queues.data && <QueueTable queues={arrangeQueues(queues.data)} />}
        {!queues.data && queues.error && (
          <Failure
            title="The queues did not load"
            error={queues.error as ApiError}
            request="GET /queues"
            retryAt={null}
            onRetry={() => void queues.refetch()}
          />
        )}
      </div>
    </>
  );
}

export function summary(queues: readonly Queue[]): string {
  const sum = (of: (queue: Queue) => number): number => queues.reduce((total, each) => total + of(each), 0);
  const ready = sum(({ ready }) => ready);
  return `${plural(queues.length, 'queue')}, ${count(ready)} ready, ${count(sum(({ running }) => running))} running`;
}

export function QueueTable({ queues }: { queues: readonly Queue[] }) {
  const orders = useQueueOrders();
  const refusal = useRefusal();
  const [pausing, setPausing] = useState<Queue | null>(null);
  const [limiting, setLimiting] = useState<Queue | null>(null);
  if (queues.length === 0) {
    return <p className="dim none">No queue has jobs or settings yet. The first job of a queue makes it.</p>;
  }
  return (
    <div className="qs">
      <table className="tbl num">
        <thead>
          <tr>
            <th scope="col">Queue</th>
            <th scope="col">Ready</th>
            <th scope="col">Scheduled</th>
            <th scope="col">Retrying</th>
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
              refusal={refusal}
              onPause={() => setPausing(queue)}
              onResume={() => void orders.resume(queue.name)}
              onLimit={() => setLimiting(queue)}
            />
          ))}
        </tbody>
      </table>
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
    </div>
  );
}
