import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type DeadLetterFilter, readDeadLetters } from '../../api/deadLetters';
import { keys } from '../../api/keys';
import { type Group, type GroupSort, groupJobs, sortGroups } from '../../core/deadLetters';
import { useQuerySearch } from '../jobs/useQuerySearch';
import { useServices } from '../services';
import { useLiveRefetch } from '../useLiveRefetch';

const GAP_MS = 3000;

export function useDeadLetters(filter: DeadLetterFilter) {
  const { live } = useServices();
  useEffect(() => live.subscribe({ subscribe: ['stats'] }), [live]);
  const queryKey = [...keys.deadLetters, filter];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => readDeadLetters(filter, signal),
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
  });
  const search = useQuerySearch(query, queryKey);
  // What was stopped is not begun again by what comes in.
  useLiveRefetch(keys.deadLetters, GAP_MS, !search.isStopped);
  return { query, search };
}

/** Groups in order; while somebody is in the list, no group changes its place. */
export function useGroups(jobs: Parameters<typeof groupJobs>[0] | undefined, sort: GroupSort) {
  const [isHeld, setHeld] = useState(false);
  const order = useRef<{ sort: GroupSort; ids: string[] }>({ sort, ids: [] });
  const groups = useMemo((): Group[] => {
    const held = isHeld && order.current.sort === sort ? order.current.ids : [];
    const sorted = sortGroups(groupJobs(jobs ?? []), sort, held);
    order.current = { sort, ids: sorted.map((group) => group.id) };
    return sorted;
  }, [jobs, sort, isHeld]);
  return { groups, setHeld };
}
