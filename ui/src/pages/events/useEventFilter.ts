import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { EventFilter } from '../../live/eventTail';

/** Which events are shown; it stands in the address. */
export function useEventFilter() {
  const search = useSearch({ from: '/events' });
  const navigate = useNavigate({ from: '/events' });
  const filter = useMemo(
    (): EventFilter => ({
      type: search.type || null,
      job: /^\d{1,15}$/.test(search.job ?? '') ? Number(search.job) : null,
    }),
    [search.type, search.job],
  );
  const setFilter = (next: EventFilter): void =>
    void navigate({
      search: (kept) => ({
        ...kept,
        type: next.type ?? undefined,
        job: next.job === null ? undefined : String(next.job),
      }),
      replace: true,
    });
  return { filter, setFilter };
}
