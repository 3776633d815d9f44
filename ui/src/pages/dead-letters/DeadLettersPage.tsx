import { deadLettersPath } from '../../api/deadLetters';
import { plural } from '../../core/numbers';
import { Notice } from '../../ui/Empty';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { SearchNote } from '../jobs/SearchNote';
import { Skeleton } from '../jobs/Skeleton';
import { QueryFailure } from '../QueryFailure';
import { useTitle } from '../useTitle';
import { DeadLettersBody } from './DeadLettersBody';
import './dead-letters.css';
import { LastTaken } from './LastTaken';
import { useDeadLetterSearch } from './useDeadLetterSearch';
import { useDeadLetters, useGroups } from './useDeadLetters';

export function DeadLettersPage() {
  const { filter, sort, group, setFilter, setSort } = useDeadLetterSearch();
  const { query, search } = useDeadLetters(filter);
  const { groups, setHeld } = useGroups(query.data?.jobs, sort);
  useTitle('Dead letters');
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
        {query.isPlaceholderData && (search.isSlow || search.isStopped) && <SearchNote search={search} />}
      </TopBar>
      <OfflineBanner />
      <div className="body dlb">
        {!data && query.errorUpdateCount === 0 && <Skeleton search={search} />}
        <QueryFailure
          title="The dead letters did not load"
          query={query}
          request={`GET ${deadLettersPath(filter)}`}
        />
        {isEmpty && !isFiltered && (
          <Notice title="No dead letters">
            <p className="dim">
              A job comes here when its attempts are used up or it may not be retried. Right now there is
              none.
            </p>
            <LastTaken until={null} />
          </Notice>
        )}
        {data && (!isEmpty || isFiltered) && (
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
        )}
      </div>
    </>
  );
}
