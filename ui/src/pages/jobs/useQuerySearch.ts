import { type QueryKey, type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { type Search, useSlow } from './search';

/** What a person has to say in a query: it can be stopped, and then stays so until it is taken up again. */
export function useQuerySearch(query: UseQueryResult, queryKey: QueryKey, isWanted = true): Search {
  const queries = useQueryClient();
  // A request that was given up leaves the query as it was before: without an answer of its own.
  const isUnanswered = query.isPending || query.isPlaceholderData;
  const isStopped = isWanted && query.fetchStatus === 'idle' && !query.error && isUnanswered;
  return {
    isSlow: useSlow(query.isFetching, isStopped),
    isStopped,
    stop: () => void queries.cancelQueries({ queryKey }),
    again: () => void query.refetch(),
  };
}
