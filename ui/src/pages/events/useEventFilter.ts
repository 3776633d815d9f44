import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { eventTypesOf } from '../../core/eventTypes';
import type { EventFilter } from '../../live/eventTail';

/** Which events are shown, and which one is open; both stand in the address. */
export function useEventFilter() {
  const search = useSearch({ from: '/events' });
  const navigate = useNavigate({ from: '/events' });
  const filter = useMemo(
    (): EventFilter => ({
      types: eventTypesOf(search.type ?? ''),
      job: /^\d{1,15}$/.test(search.job ?? '') ? Number(search.job) : null,
    }),
    [search.type, search.job],
  );
  const setFilter = (next: EventFilter): void =>
    void navigate({
      search: (kept) => ({
        ...kept,
        open: undefined,
        type: next.types.join() || undefined,
        job: next.job === null ? undefined : String(next.job),
      }),
      replace: true,
    });
  const open = /^\d{1,15}$/.test(search.open ?? '') ? Number(search.open) : null;
  const setOpen = (seq: number | null): void =>
    void navigate({
      search: (kept) => ({ ...kept, open: seq === null ? undefined : String(seq) }),
      replace: true,
    });
  return { filter, setFilter, open, setOpen };
}
