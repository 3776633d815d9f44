import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ApiError } from '../../api/client';
import { type DeadLetterFilter, deadLettersPath } from '../../api/deadLetters';
import type { GroupSort } from '../../core/deadLetters';
import { plural } from '../../core/numbers';
import { Failure, Notice } from '../../ui/Empty';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { Skeleton } from '../jobs/Skeleton';
import { useTitle } from '../useTitle';
import { DeadLettersBody } from './DeadLettersBody';
import './dead-letters.css';
import { RETRY_MS, useDeadLetters, useGroups } from './useDeadLetters';

const isSort = (text: string | undefined): text is GroupSort => text === 'last' || text === 'first';

export function DeadLettersPage() {
  const search = useSearch({ from: '/dead-letters' });
  const navigate = useNavigate({ from: '/dead-letters' });
  const filter = useMemo(
    (): DeadLetterFilter => ({ q: search.q ?? '', queue: search.queue ?? '' }),
    [search.q, search.queue],
  );
  const sort = isSort(search.sort) ? search.sort : 'count';
  const query = useDeadLetters(filter);
  const { groups, setHeld } = useGroups(query.data?.jobs, sort);
  useTitle('Dead letters');
  const setFilter = (next: DeadLetterFilter): void =>
    void navigate({
      search: (kept) => ({
        ...kept,
        q: next.q || undefined,
        queue: next.queue || undefined,
        group: undefined,
      }),
      replace: true,
    });
  const { data } = query;
  const isFiltered = filter.q !== '' || filter.queue !== '';
  const isEmpty = data?.jobs.length === 0 && !data.hasMore;
  return (
    <>
      <TopBar>
        <h1>Dead letters</h1>
        {data && !isEmpty && (
          <span className="num dim nowrap">
            {data.estimated && 'about '}
            {plural(data.total, 'job')} in {plural(groups.length, 'group')}
          </span>
        )}
      </TopBar>
      <OfflineBanner />
      <div className="body dlb">
        {!data && !query.error && <Skeleton />}
        {!data && query.error && (
          <Failure
            title="The dead letters did not load"
            error={query.error as ApiError}
            request={`GET ${deadLettersPath(filter)}`}
            retryAt={query.errorUpdatedAt + RETRY_MS}
            onRetry={() => void query.refetch()}
          />
        )}
        {isEmpty && !isFiltered && (
          <Notice title="No dead letters">
            <p className="dim">
              A job comes here when its attempts are used up or it may not be retried. Right now there is
              none.
            </p>
          </Notice>
        )}
        {data && (!isEmpty || isFiltered) && (
          <DeadLettersBody
            data={data}
            groups={groups}
            group={search.group}
            filter={filter}
            sort={sort}
            onHold={setHeld}
            onFilter={setFilter}
            onSort={(next) =>
              void navigate({
                search: (kept) => ({ ...kept, sort: next === 'count' ? undefined : next }),
                replace: true,
              })
            }
          />
        )}
      </div>
    </>
  );
}
