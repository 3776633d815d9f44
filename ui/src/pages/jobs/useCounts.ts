import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { every } from '../../api/askAgain';
import { getStats } from '../../api/client';
import { countByStatus } from '../../api/counts';
import { keys } from '../../api/keys';
import type { Counts, JobFilter } from '../../api/types';
import { isNarrowed, NO_FILTER, queryFromFilter } from '../../core/filter';
import { useLiveState, useServices } from '../services';

const REFETCH_MS = 2000;

/** Jobs by status inside a filter. The server keeps them for one type or one queue; all others are counted one by one. */
export function useCounts(filter: JobFilter): Partial<Counts> | undefined {
  const { live } = useServices();
  const { stats, connection } = useLiveState();
  const within = { ...filter, status: [] };
  const kept = keptFor(within);
  const fetched = useQuery({
    queryKey: keys.stats,
    queryFn: getStats,
    refetchInterval: kept === 'one' && connection.phase === 'live' ? every(REFETCH_MS) : false,
    staleTime: kept === 'one' ? 0 : Number.POSITIVE_INFINITY,
  }).data;
  const counted = useQuery({
    queryKey: keys.counts(queryFromFilter(within)),
    queryFn: ({ signal }) => countByStatus(within, signal),
    enabled: kept === 'none',
    refetchInterval: connection.phase === 'live' ? every(REFETCH_MS) : false,
    staleTime: 0,
  }).data;
  useEffect(() => {
    if (fetched) live.offerStats(fetched);
  }, [fetched, live]);
  if (kept === 'all') return (stats ?? fetched)?.by_status;
  if (kept === 'none') return counted;
  if (!fetched) return undefined;
  return filter.type !== null
    ? (fetched.by_type?.[filter.type] ?? {})
    : (fetched.by_queue?.[filter.queue ?? ''] ?? {});
}

/** What the server's statistics have of a filter without statuses: those of all jobs, of its type or queue, or nothing. */
function keptFor(within: JobFilter): 'all' | 'one' | 'none' {
  if (!isNarrowed(within)) return 'all';
  const byType = queryFromFilter({ ...NO_FILTER, type: within.type });
  const byQueue = queryFromFilter({ ...NO_FILTER, queue: within.queue });
  return [byType, byQueue].includes(queryFromFilter(within)) ? 'one' : 'none';
}
