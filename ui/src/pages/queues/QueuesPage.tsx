import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useRef } from 'react';
import type { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { Queue } from '../../api/types';
import { arrangeQueues, inOrder, queuesSummary } from '../../core/queues';
import '../../plot/plot.css';
import { Failure } from '../../ui/Empty';
import { PHONE, useMedia } from '../../ui/useMedia';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useLiveRefetch } from '../useLiveRefetch';
import { useTitle } from '../useTitle';
import { QueueTable } from './QueueTable';
import './queues.css';
import { useDepths } from './useDepths';

const RETRY_MS = 3000;

export function QueuesPage() {
  const { name } = useParams({ strict: false });
  useTitle(name === undefined ? 'Queues' : `Queue ${name}`);
  useLiveRefetch(keys.queues);
  const queues = useQuery({
    queryKey: keys.queues,
    queryFn: listQueues,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => (state.error ? RETRY_MS : false),
  });
  return (
    <>
      <TopBar>
        <h1>Queues</h1>
        {queues.data && <span className="sub num">{queuesSummary(queues.data)}</span>}
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {queues.data && <Live queues={queues.data} chosen={name} />}
        {!queues.data && queues.error && (
          <Failure
            title="The queues did not load"
            error={queues.error as ApiError}
            request="GET /queues"
            retryAt={queues.errorUpdatedAt + RETRY_MS}
            onRetry={() => void queues.refetch()}
          />
        )}
      </div>
    </>
  );
}

function Live({ queues, chosen }: { queues: readonly Queue[]; chosen: string | undefined }) {
  const depths = useDepths();
  const isPhone = useMedia(PHONE);
  // Rows stay where they stood when the page was opened.
  const names = useRef<readonly string[]>([]);
  const shown = inOrder(arrangeQueues(queues), names.current);
  names.current = shown.map(({ name }) => name);
  // Where there is room, the one with the most to do is open by itself.
  const open = chosen ?? (isPhone ? undefined : names.current[0]);
  return <QueueTable queues={shown} chosen={open} depths={depths} />;
}
