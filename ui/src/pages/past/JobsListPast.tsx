import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { LISTABLE, type State } from '../../api/past';
import type { Job, JobFilter } from '../../api/types';
import { isFiltered, matches, NO_FILTER } from '../../core/filter';
import { count, plural } from '../../core/numbers';
import type { JobOrder } from '../../core/order';
import { STATUSES } from '../../core/status';
import { unlistedWords } from '../../core/then';
import { browserTimers } from '../../live/environment';
import { JobList } from '../../live/jobList';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Empty';
import { BulkBar } from '../jobs/BulkBar';
import { JobsTable } from '../jobs/JobsTable';
import { LIST_ID } from '../jobs/listId';
import { SearchNote } from '../jobs/SearchNote';
import { Skeleton } from '../jobs/Skeleton';
import { useBulk } from '../jobs/useBulk';
import { useHold } from '../jobs/useHold';
import { useSelection } from '../jobs/useSelection';
import { QueryFailure } from '../QueryFailure';
import { useServices } from '../services';
import { useListThen } from './useListThen';

/** The rows of the live page, filled once for each moment. */
function useRowsOf(filter: JobFilter, order: JobOrder, jobs: readonly Job[]) {
  const source = useRef(jobs);
  const [list] = useState(
    () =>
      new JobList(
        filter,
        async () => ({
          jobs: [...source.current],
          total: source.current.length,
          estimated: false,
          next: null,
        }),
        browserTimers,
        order,
      ),
  );
  const view = useSyncExternalStore(list.onChange, list.getView);
  useEffect(() => {
    source.current = jobs;
    void list.load();
  }, [list, jobs]);
  return { list, view };
}

interface JobsListPastProps {
  state: State;
  filter: JobFilter;
  order: JobOrder;
  peeked: number | null;
  onPeek(id: number | null): void;
  onFilter(filter: JobFilter): void;
}

export function JobsListPast(props: JobsListPastProps) {
  const { state, filter, order } = props;
  const wanted = filter.status.length > 0 ? filter.status : STATUSES;
  const { jobs, limit, query, search } = useListThen(wanted);
  const shown = useMemo(() => {
    const found = jobs?.filter((job) => matches(filter, job));
    return order === 'oldest' ? found?.reverse() : found;
  }, [jobs, filter, order]);
  const by = state.by_status;
  const isCut = LISTABLE.some((status) => wanted.includes(status) && by[status] > limit);
  const unlisted = unlistedWords(wanted, by);
  return (
    <>
      <div
        className={props.peeked === null ? 'grid' : 'grid peeking'}
        id={LIST_ID}
        role="tabpanel"
        aria-label="Jobs"
      >
        {!shown && query.errorUpdateCount === 0 && <Skeleton search={search} />}
        <QueryFailure title="The list did not load" query={query} request="GET /state" />
        {shown && shown.length > 0 && <Rows {...props} jobs={shown} />}
        {shown?.length === 0 && <Nothing {...props} unlisted={unlisted} />}
      </div>
      <footer className="status">
        <span className="num nowrap">
          {count(shown?.length ?? 0)} listed of {plural(state.total, 'job')} then
        </span>
        {shown && shown.length > 0 && unlisted && <span className="num ellip">{unlisted}</span>}
        <span className="grow" />
        {shown && (search.isSlow || search.isStopped) && <SearchNote search={search} />}
        {isCut && <span className="num ellip">of each status at most {count(limit)}, the newest</span>}
      </footer>
    </>
  );
}

function Rows({ filter, order, jobs, peeked, onPeek }: JobsListPastProps & { jobs: readonly Job[] }) {
  const { memory } = useServices();
  const { list, view } = useRowsOf(filter, order, jobs);
  const scroller = useRef<HTMLDivElement>(null);
  const control = useSelection(view.order);
  const bulk = useBulk(filter, view, control.selection, control.clear);
  const { handlers } = useHold(scroller, list, view, bulk.isActive);
  // Where the live list was scrolled to is not where this one is.
  useEffect(() => {
    memory.list = null;
  }, [memory]);
  if (!view.isLoaded) return null;
  return (
    <>
      <JobsTable
        list={list}
        view={view}
        scroller={scroller}
        handlers={handlers}
        initialScroll={0}
        control={control}
        bulk={bulk}
        peeked={peeked}
        onPeek={onPeek}
        onShowFresh={() => {}}
      />
      <BulkBar bulk={bulk} selection={control.selection} onSelectAll={() => {}} onClear={control.clear} />
    </>
  );
}

function Nothing({
  state,
  filter,
  onFilter,
  unlisted,
}: Pick<JobsListPastProps, 'state' | 'filter' | 'onFilter'> & { unlisted: string | null }) {
  if (state.total === 0)
    return (
      <Notice title="There was no job yet">
        <p className="dim">The first one was created later.</p>
      </Notice>
    );
  return (
    <Notice title={isFiltered(filter) ? 'No listed job matches' : 'No job was open'}>
      {unlisted && <p className="dim">{unlisted} Look for one by its ID, or return to live.</p>}
      {isFiltered(filter) && (
        <div className="row">
          <Button onClick={() => onFilter(NO_FILTER)}>Clear the filter</Button>
        </div>
      )}
    </Notice>
  );
}
