import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { DeadLetterFilter } from '../../api/deadLetters';
import type { GroupSort } from '../../core/deadLetters';

const isSort = (text: string | undefined): text is GroupSort =>
  text === 'last' || text === 'first' || text === 'growth';

/** Which dead letters are shown, in which order, and the group that is open; all of it stands in the address. */
export function useDeadLetterSearch() {
  const search = useSearch({ from: '/dead-letters' });
  const navigate = useNavigate({ from: '/dead-letters' });
  const filter = useMemo(
    (): DeadLetterFilter => ({ q: search.q ?? '', queue: search.queue ?? '' }),
    [search.q, search.queue],
  );
  const sort: GroupSort = isSort(search.sort) ? search.sort : 'count';
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
  const setSort = (next: GroupSort): void =>
    void navigate({
      search: (kept) => ({ ...kept, sort: next === 'count' ? undefined : next }),
      replace: true,
    });
  return { filter, sort, group: search.group, setFilter, setSort };
}
