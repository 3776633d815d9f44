import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { JobFilter } from '../../api/types';
import {
  FILTER_PARAMETERS,
  filterFromParameters,
  filterFromQuery,
  parametersFromFilter,
  queryFromFilter,
} from '../../core/filter';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useLiveState } from '../services';
import { useTitle } from '../useTitle';
import { ColumnsButton } from './ColumnsButton';
import { CreationHistogram } from './CreationHistogram';
import { FilterBar } from './FilterBar';
import './jobs.css';
import { JobsList } from './JobsList';
import { SaveView, useViewOf } from './SaveView';
import { StatusTabs } from './StatusTabs';
import { useCounts } from './useCounts';
import { useListLook, useLookNotice } from './useListLook';

export function JobsPage() {
  const search = useSearch({ from: '/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const asked = queryFromFilter(filterFromParameters(search));
  const filter = useMemo(() => filterFromQuery(asked), [asked]);
  const setFilter = (next: JobFilter): void => {
    const none = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, undefined]));
    void navigate({ search: (kept) => ({ ...kept, ...none, ...parametersFromFilter(next) }) });
  };
  const { order } = useListLook();
  useLookNotice();
  const counts = useCounts(filter);
  const { stats } = useLiveState();
  const view = useViewOf(filter);
  useTitle(view?.name ?? 'Jobs');
  return (
    <>
      <TopBar>
        {view ? (
          <>
            <Link className="crumb" to="/jobs" search={{}}>
              Jobs
            </Link>
            <h1 className="ellip">{view.name}</h1>
          </>
        ) : (
          <h1>Jobs</h1>
        )}
      </TopBar>
      <OfflineBanner />
      <StatusTabs filter={filter} counts={counts} onChange={setFilter} />
      <div className="filterline">
        <FilterBar filter={filter} onChange={setFilter} />
        <SaveView filter={filter} view={view} />
        <ColumnsButton />
      </div>
      {stats?.total !== 0 && <CreationHistogram filter={filter} onFilter={setFilter} />}
      <JobsList
        key={`${order} ${queryFromFilter(filter)}`}
        filter={filter}
        order={order}
        peeked={/^\d{1,15}$/.test(search.peek ?? '') ? Number(search.peek) : null}
        onPeek={(id) =>
          void navigate({
            search: (kept) => ({ ...kept, peek: id === null ? undefined : String(id) }),
            replace: true,
          })
        }
        onFilter={setFilter}
      />
    </>
  );
}
