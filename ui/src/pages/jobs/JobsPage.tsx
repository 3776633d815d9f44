import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { JobFilter } from '../../api/types';
import { filterFromParameters, parametersFromFilter, queryFromFilter } from '../../core/filter';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useTitle } from '../useTitle';
import { FilterBar } from './FilterBar';
import './jobs.css';
import { JobsList } from './JobsList';
import { StatusTabs } from './StatusTabs';

export function JobsPage() {
  const search = useSearch({ from: '/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const { status, type, queue } = search;
  const filter = useMemo(() => filterFromParameters({ status, type, queue }), [status, type, queue]);
  const setFilter = (next: JobFilter): void => {
    const none = { status: undefined, type: undefined, queue: undefined };
    void navigate({ search: (kept) => ({ ...kept, ...none, ...parametersFromFilter(next) }) });
  };
  useTitle('Jobs');
  return (
    <>
      <TopBar>
        <h1>Jobs</h1>
      </TopBar>
      <OfflineBanner />
      <StatusTabs filter={filter} onChange={setFilter} />
      <FilterBar filter={filter} onChange={setFilter} />
      <JobsList key={queryFromFilter(filter)} filter={filter} onFilter={setFilter} />
    </>
  );
}
