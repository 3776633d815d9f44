import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { count } from '../../core/numbers';
import type { EventFilter } from '../../live/eventTail';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useLiveState } from '../services';
import { useTitle } from '../useTitle';
import './events.css';
import { EventStream } from './EventStream';

export function EventsPage() {
  const search = useSearch({ from: '/events' });
  const navigate = useNavigate({ from: '/events' });
  const { stats } = useLiveState();
  useTitle('Event stream');
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
  return (
    <>
      <TopBar>
        <h1>Event stream</h1>
        {stats && <span className="num dim nowrap">{count(stats.seq)} events</span>}
      </TopBar>
      <OfflineBanner />
      <EventStream filter={filter} onFilter={setFilter} />
    </>
  );
}
