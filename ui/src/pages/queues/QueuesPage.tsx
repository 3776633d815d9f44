import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { Queue } from '../../api/types';
import { queuesSummary } from '../../core/queues';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { useLiveRefetch } from '../useLiveRefetch';
import { useTitle } from '../useTitle';
import { QueueDetail } from './QueueDetail';
import { QueueTable } from './QueueTable';
import './queues.css';
import { useDepths } from './useDepths';

export function QueuesPage() {
  const { name } = useParams({ strict: false });
  useTitle(name === undefined ? 'Queues' : `Queue ${name}`);
  useLiveRefetch(keys.queues);
  const queues = useQuery({ queryKey: keys.queues, queryFn: listQueues, refetchOnMount: 'always' });
  return (
    <>
      <TopBar>
        <h1>Queues</h1>
        {queues.data && <span className="sub num">{queuesSummary(queues.data)}</span>}
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {queues.data && <Live queues={queues.data} named={name} />}
        <QueryFailure title="The queues did not load" query={queues} request="GET /queues" />
      </div>
    </>
  );
}

function Live({ queues, named }: { queues: readonly Queue[]; named: string | undefined }) {
  return <QueueTable queues={queues} named={named} depths={useDepths()} Detail={QueueDetail} />;
}
