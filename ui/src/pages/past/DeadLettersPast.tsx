import { useMemo } from 'react';
import type { DeadLetterFilter, DeadLetters } from '../../api/deadLetters';
import type { State } from '../../api/past';
import type { Job, Status } from '../../api/types';
import { matches, NO_FILTER } from '../../core/filter';
import { plural } from '../../core/numbers';
import '../../plot/plot.css';
import { Notice } from '../../ui/Empty';
import '../dead-letters/dead-letters.css';
import { DeadLettersBody } from '../dead-letters/DeadLettersBody';
import { LastTaken } from '../dead-letters/LastTaken';
import { useDeadLetterSearch } from '../dead-letters/useDeadLetterSearch';
import { useGroups } from '../dead-letters/useDeadLetters';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { Skeleton } from '../jobs/Skeleton';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';
import { useListThen } from './useListThen';

const FAILED: readonly Status[] = ['FAILED'];

/** What the live page reads from the list of now, made of the state of then. */
function deadThen(jobs: readonly Job[], total: number, { q, queue }: DeadLetterFilter): DeadLetters {
  const found = jobs.filter((job) => matches({ ...NO_FILTER, q: q || null, queue: queue || null }, job));
  const hasMore = total > jobs.length;
  const isAll = q === '' && queue === '';
  return { jobs: found, total: isAll ? total : found.length, estimated: hasMore && !isAll, hasMore };
}

/** The dead letters of then in groups. */
export function DeadLettersPast() {
  const { view } = usePastHere();
  const total = view.state?.by_status.FAILED ?? 0;
  useTitle('Dead letters, in the past');
  return (
    <>
      <TopBar>
        <h1>Dead letters</h1>
        {total > 0 && <span className="num dim nowrap">{plural(total, 'job')}</span>}
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody className="dlb">{(state) => <Groups state={state} />}</PastBody>
    </>
  );
}

function Groups({ state }: { state: State }) {
  const { filter, sort, group, setFilter, setSort } = useDeadLetterSearch();
  const total = state.by_status.FAILED;
  const { jobs, query, search } = useListThen(FAILED);
  const data = useMemo(() => jobs && deadThen(jobs, total, filter), [jobs, total, filter]);
  const { groups, setHeld } = useGroups(data?.jobs, sort);
  if (total === 0)
    return (
      <Notice title="There were no dead letters">
        <p className="dim">
          No job had used up its attempts by then, or they had been redriven or discarded.
        </p>
        <LastTaken until={state.seq} />
      </Notice>
    );
  if (!data)
    return query.errorUpdateCount > 0 ? (
      <QueryFailure title="The dead letters did not load" query={query} request="GET /state" />
    ) : (
      <Skeleton search={search} />
    );
  return (
    <DeadLettersBody
      data={data}
      groups={groups}
      group={group}
      filter={filter}
      sort={sort}
      onHold={setHeld}
      onFilter={setFilter}
      onSort={setSort}
    />
  );
}
