import { useLayoutEffect, useRef } from 'react';
import type { ApiError } from '../../api/client';
import type { JobFilter } from '../../api/types';
import { isFiltered, queryFromFilter } from '../../core/filter';
import type { JobOrder } from '../../core/order';
import { Failure } from '../../ui/Empty';
import { BulkBar } from './BulkBar';
import { FilteredEmpty, FirstRun } from './EmptyLists';
import { JobsTable } from './JobsTable';
import { LIST_ID } from './listId';
import { NewPill } from './NewPill';
import { Skeleton } from './Skeleton';
import { StatusLine } from './StatusLine';
import type { Search } from './search';
import { useBulk } from './useBulk';
import { useHold } from './useHold';
import { useJobList, useListSubscription } from './useJobList';
import { useSelection } from './useSelection';

interface JobsListProps {
  filter: JobFilter;
  order: JobOrder;
  peeked: number | null;
  onPeek(id: number | null): void;
  onFilter(filter: JobFilter): void;
}

/** The table of one filter with everything that stands in for it or around it. */
export function JobsList({ filter, order, peeked, onPeek, onFilter }: JobsListProps) {
  const { list, view, initialScroll } = useJobList(filter, order);
  const scroller = useRef<HTMLDivElement>(null);
  const isToEnd = useRef(false);
  const control = useSelection(view.order);
  const bulk = useBulk(filter, view, control.selection, control.clear);
  const { hold, heldSince, firstInView, handlers } = useHold(scroller, list, view, bulk.isActive);
  useListSubscription(filter, view.order, firstInView);
  const showFresh = (): void => {
    isToEnd.current = order === 'oldest';
    if (order === 'newest') scroller.current?.scrollTo({ top: 0 });
    list.showFresh(true);
  };
  // What is new at the end is there only after the next render.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each view may have brought it.
  useLayoutEffect(() => {
    if (isToEnd.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    isToEnd.current = false;
  }, [view]);
  const search: Search = {
    isSlow: view.isSlow,
    isStopped: view.isStopped,
    stop: () => list.stop(),
    again: () => void list.again(),
  };
  const isEmpty = view.isLoaded && view.order.length === 0 && view.above === 0;
  return (
    <>
      <div
        className={peeked === null ? 'grid' : 'grid peeking'}
        id={LIST_ID}
        role="tabpanel"
        aria-label="Jobs"
      >
        {!isEmpty && view.isLoaded && (
          <JobsTable
            list={list}
            view={view}
            scroller={scroller}
            handlers={handlers}
            initialScroll={initialScroll}
            control={control}
            bulk={bulk}
            peeked={peeked}
            onPeek={onPeek}
            onShowFresh={showFresh}
          />
        )}
        {!view.isLoaded && !view.failure && <Skeleton search={search} />}
        {isEmpty &&
          (isFiltered(filter) ? <FilteredEmpty filter={filter} onFilter={onFilter} /> : <FirstRun />)}
        {view.failure && !view.isLoaded && (
          <Failure
            title="The list did not load"
            error={view.failure.error as ApiError}
            request={`GET /jobs${queryFromFilter(filter) && `?${queryFromFilter(filter)}`}`}
            retryAt={view.failure.retryAt}
            onRetry={() => list.open()}
          />
        )}
        <NewPill count={view.fresh} order={order} onShow={showFresh} />
        <BulkBar
          bulk={bulk}
          selection={control.selection}
          onSelectAll={control.selectQuery}
          onClear={control.clear}
        />
      </div>
      <StatusLine
        filter={filter}
        order={order}
        view={view}
        hold={hold}
        heldSince={heldSince}
        search={search}
        onSort={showFresh}
        onRetry={() => list.open()}
      />
    </>
  );
}
