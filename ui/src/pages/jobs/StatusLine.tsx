import type { JobFilter } from '../../api/types';
import { isFiltered, isNarrowed } from '../../core/filter';
import { count, plural } from '../../core/numbers';
import type { JobOrder } from '../../core/order';
import { coarse } from '../../core/time';
import type { ListView } from '../../live/jobList';
import { useRealClock } from '../../ui/clock';
import { NextTry } from '../../ui/Empty';
import { useLiveState, useOffline } from '../services';
import { SearchNote } from './SearchNote';
import type { Search } from './search';
import type { Hold } from './useHold';

interface StatusLineProps {
  filter: JobFilter;
  order: JobOrder;
  view: ListView;
  hold: Hold;
  heldSince: number | null;
  search: Search;
  onSort(): void;
  onRetry(): void;
}

const HELD: Record<Exclude<Hold, null>, string> = {
  selection: 'jobs are selected',
  pointer: 'the pointer is over the table',
  focus: 'the keyboard is in the table',
  scroll: 'scrolled down',
};

/** How much is shown of how much, whether it is live, and why nothing moves. */
export function StatusLine(props: StatusLineProps) {
  const { filter, order, view, hold, heldSince, search, onSort, onRetry } = props;
  const { connection } = useLiveState();
  const offline = useOffline();
  const isLive = connection.phase === 'live';
  const stale = view.dimmed.size;
  return (
    <footer className="status">
      <span className="num">
        <Amount filter={filter} view={view} />
      </span>
      {stale > 0 && <span className="num">{count(stale)} no longer match</span>}
      <span className="grow" />
      {view.failure && view.isLoaded ? (
        <span role="alert" className="live c-failed">
          The list did not load{view.failure.retryAt === null && `: ${view.failure.error.message}`}
          <button type="button" className="link" onClick={onRetry}>
            Try again
          </button>
          {view.failure.retryAt !== null && <NextTry at={view.failure.retryAt} />}
        </span>
      ) : search.isSlow || search.isStopped ? (
        view.isLoaded && <SearchNote search={search} />
      ) : (
        <span className="live">
          <span className={isLive ? 'dot' : offline ? 'dot bad' : 'dot warn'} />
          {!isLive ? (
            'not live; you see the last known state'
          ) : hold && heldSince !== null ? (
            <Held hold={hold} since={heldSince} />
          ) : (
            newJobsWords(order, view.hasMore)
          )}
        </span>
      )}
      {(view.fresh > 0 || stale > 0) && (
        <button type="button" className="link" onClick={onSort}>
          Re-sort now
        </button>
      )}
    </footer>
  );
}

function Held({ hold, since }: { hold: Exclude<Hold, null>; since: number }) {
  const time = useRealClock((now) => coarse(now - since));
  return (
    <span className="num">
      rows update in place; order held for {time} while {HELD[hold]}
    </span>
  );
}

const newJobsWords = (order: JobOrder, hasMore: boolean): string =>
  order === 'newest'
    ? 'live; new jobs appear at the top'
    : hasMore
      ? 'live; new jobs are further down, at the end'
      : 'live; new jobs appear at the end';

function Amount({ filter, view }: { filter: JobFilter; view: ListView }) {
  const { stats } = useLiveState();
  if (!view.isLoaded) return null;
  const all = stats?.total ?? view.total;
  if (!isFiltered(filter)) return <>{plural(all, 'job')}</>;
  const byStatus = !isNarrowed(filter) && stats;
  const matching = byStatus
    ? filter.status.reduce((sum, status) => sum + stats.by_status[status], 0)
    : view.total;
  const about = view.isEstimated && !byStatus ? 'about ' : '';
  return (
    <>
      {about}
      {count(matching)} of {count(all)} jobs
    </>
  );
}
