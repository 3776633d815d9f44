import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { getFullStats } from '../../api/history';
import { isRange, type Range } from '../../core/history';
import { type Zoom, type ZoomParameters, zoomFrom, zoomParameters } from '../../core/zoom';
import { serverNow } from '../../ui/serverTime';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { FirstRun } from '../jobs/EmptyLists';
import { QueryFailure } from '../QueryFailure';
import { useServices } from '../services';
import { useLiveRefetch } from '../useLiveRefetch';
import { useTitle } from '../useTitle';
import { OverviewBody } from './OverviewBody';
import './overview.css';

const KEY = ['full-stats'] as const;
const NO_ZOOM: ZoomParameters = { from: undefined, to: undefined };

export function OverviewPage() {
  const search = useSearch({ from: '/' });
  const { range } = search;
  const navigate = useNavigate({ from: '/' });
  const { live } = useServices();
  useTitle('Overview');
  useEffect(() => live.subscribe({ subscribe: ['stats'] }), [live]);
  useLiveRefetch(KEY);
  const query = useQuery({ queryKey: KEY, queryFn: getFullStats, refetchOnMount: 'always' });
  const stats = query.data;
  useEffect(() => {
    if (stats) live.offerStats(stats);
  }, [stats, live]);
  const choose = (next: Range): void =>
    void navigate({
      search: (kept) => ({ ...kept, ...NO_ZOOM, range: next === '15m' ? undefined : next }),
      replace: true,
    });
  const pick = (zoom: Zoom | null): void =>
    void navigate({ search: (kept) => ({ ...kept, ...(zoom ? zoomParameters(zoom) : NO_ZOOM) }) });
  return (
    <>
      <TopBar>
        <h1>Overview</h1>
      </TopBar>
      <OfflineBanner />
      <div className="body ov">
        {stats?.total === 0 && <FirstRun />}
        {stats && stats.total > 0 && (
          <OverviewBody
            stats={stats}
            query={query}
            range={isRange(range) ? range : '15m'}
            zoom={zoomFrom(search, serverNow())}
            onRange={choose}
            onZoom={pick}
          />
        )}
        <QueryFailure title="The figures did not load" query={query} request="GET /stats" />
      </div>
    </>
  );
}
