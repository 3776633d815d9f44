import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getStats } from '../../api/client';
import { keys } from '../../api/keys';
import type { Counts, JobFilter } from '../../api/types';
import { useLiveState, useServices } from '../services';

const REFETCH_MS = 2000;

/** Jobs by status inside the type or queue of a filter. The server cannot tell for both at once. */
export function useCounts(filter: JobFilter): Partial<Counts> | undefined {
  const { live } = useServices();
  const { stats, connection } = useLiveState();
  const isNarrowed = filter.type !== null || filter.queue !== null;
  const fetched = useQuery({
    queryKey: keys.stats,
    queryFn: getStats,
    refetchInterval: isNarrowed && connection.phase === 'live' ? REFETCH_MS : false,
    staleTime: isNarrowed ? 0 : Number.POSITIVE_INFINITY,
  }).data;
  useEffect(() => {
    if (fetched) live.offerStats(fetched);
  }, [fetched, live]);
  if (!isNarrowed) return (stats ?? fetched)?.by_status;
  if (!fetched || (filter.type !== null && filter.queue !== null)) return undefined;
  return filter.type !== null
    ? (fetched.by_type?.[filter.type] ?? {})
    : (fetched.by_queue?.[filter.queue ?? ''] ?? {});
}
