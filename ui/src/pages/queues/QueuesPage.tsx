import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { Queue } from '../../api/types';
import { queuesSummary } from '../../core/queues';
import '../../plot/plot.css';
import { Failure } from '../../ui/Empty';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useLiveRefetch } from '../useLiveRefetch';
import { useTitle } from '../useTitle';
import { QueueDetail } from './QueueDetail';
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
        {queues.data && <Live queues={queues.data} named={name} />}
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

function Live({ queues, named }: { queues: readonly Queue[]; named: string | undefined }) {
  return <QueueTable queues={queues} named={named} depths={useDepths()} Detail={QueueDetail} />;
}
