import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { JobFilter } from '../../api/types';
import {
  FILTER_PARAMETERS,
  filterFromParameters,
  filterFromQuery,
  parametersFromFilter,
  queryFromFilter,
} from '../../core/filter';
import { countsWithin } from '../../core/then';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { ColumnsButton } from '../jobs/ColumnsButton';
import { FilterBar } from '../jobs/FilterBar';
import '../jobs/jobs.css';
import { StatusTabs } from '../jobs/StatusTabs';
import { useListLook, useLookNotice } from '../jobs/useListLook';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { JobsListPast } from './JobsListPast';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';

/** The jobs as they were. */
export function JobsPast() {
  const search = useSearch({ from: '/jobs' });
  const navigate = useNavigate({ from: '/jobs' });
  const { view } = usePastHere();
  const asked = queryFromFilter(filterFromParameters(search));
  const filter = useMemo(() => filterFromQuery(asked), [asked]);
  const { order } = useListLook();
  useLookNotice();
  useTitle('Jobs, in the past');
  const setFilter = (next: JobFilter): void => {
    const none = Object.fromEntries(FILTER_PARAMETERS.map((name) => [name, undefined]));
    void navigate({ search: (kept) => ({ ...kept, ...none, ...parametersFromFilter(next) }) });
  };
  return (
    <>
      <TopBar>
        <h1>Jobs</h1>
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <StatusTabs
        filter={filter}
        counts={view.state ? countsWithin(filter, view.state) : undefined}
        onChange={setFilter}
      />
      <div className="filterline">
        <FilterBar filter={filter} onChange={setFilter} />
        <ColumnsButton />
      </div>
      <PastBody className="fixed">
        {(state) => (
          <JobsListPast
            key={`${order} ${asked}`}
            order={order}
            state={state}
            filter={filter}
            peeked={/^\d{1,15}$/.test(search.peek ?? '') ? Number(search.peek) : null}
            onPeek={(id) =>
              void navigate({
                search: (kept) => ({ ...kept, peek: id === null ? undefined : String(id) }),
                replace: true,
              })
            }
            onFilter={setFilter}
          />
        )}
      </PastBody>
    </>
  );
}
