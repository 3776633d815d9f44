import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import { getState, LISTABLE, type State } from '../../api/past';
import type { Job, Status } from '../../api/types';
import type { Search } from '../jobs/search';
import { useQuerySearch } from '../jobs/useQuerySearch';
import { usePastHere } from './context';

/** Of one status so many are listed, of several a share of that each. */
const MOST = 1000;
const MOST_EACH = 250;

export interface ListThen {
  /** Of those statuses, the newest jobs first; of another moment while this one is on its way. */
  jobs: readonly Job[] | undefined;
  /** Up to how many of each status are in the list. */
  limit: number;
  query: UseQueryResult<unknown>;
  search: Search;
}

const NO_JOBS: readonly Job[] = [];

const jobsIn = (state: State): Job[] =>
  Object.values(state.jobs)
    .flat()
    .sort((a, b) => b.id - a.id);

/** The jobs of some statuses as they were; asked for when the server has read as far as that moment. */
export function useListThen(wanted: readonly Status[]): ListThen {
  const { at, moment, state } = usePastHere();
  const statuses = LISTABLE.filter((status) => wanted.includes(status));
  const limit = statuses.length > 1 ? MOST_EACH : MOST;
  const queryKey = keys.listThen(at, statuses.join(','), limit);
  const isWanted = state !== null && statuses.length > 0;
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => getState(moment, signal, limit, statuses),
    select: jobsIn,
    enabled: isWanted,
    placeholderData: keepPreviousData,
  });
  return {
    jobs: statuses.length === 0 ? NO_JOBS : query.data,
    limit,
    query,
    search: useQuerySearch(query, queryKey, isWanted),
  };
}
