import { useParams } from '@tanstack/react-router';
import { count } from '../../core/numbers';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import { useWorkers } from './useWorkers';
import { WorkerList } from './WorkerList';
import './workers.css';

export function WorkersPage() {
  const { id } = useParams({ strict: false });
  useTitle(id === undefined ? 'Workers' : `Worker ${id}`);
  const { known, inside, query } = useWorkers();
  return (
    <>
      <TopBar>
        <h1>Workers</h1>
        {known && known.length > 0 && <span className="sub num">{count(known.length)} known</span>}
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {known && <WorkerList known={known} inside={inside} />}
        <QueryFailure title="The workers did not load" query={query} request="GET /workers" />
      </div>
    </>
  );
}
