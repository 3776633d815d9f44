import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getStats } from '../../api/client';
import { countByStatus } from '../../api/counts';
import { keys } from '../../api/keys';
import type { Counts, JobFilter } from '../../api/types';
import { queryFromFilter } from '../../core/filter';
import { useLiveState, useServices } from '../services';

const REFETCH_MS = 2000;

/** Jobs by status inside the type or queue of a filter; those of both at once are counted one by one. */
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
  const isBoth = filter.type !== null && filter.queue !== null;
  const within = { ...filter, status: [] };
  const counted = useQuery({
    queryKey: keys.counts(queryFromFilter(within)),
    queryFn: ({ signal }) => countByStatus(within, signal),
    enabled: isBoth,
    refetchInterval: connection.phase === 'live' ? REFETCH_MS : false,
    staleTime: 0,
  }).data;
  useEffect(() => {
    if (fetched) live.offerStats(fetched);
  }, [fetched, live]);
  if (!isNarrowed) return (stats ?? fetched)?.by_status;
  if (isBoth) return counted;
  if (!fetched) return undefined;
  return filter.type !== null
    ? (fetched.by_type?.[filter.type] ?? {})
    : (fetched.by_queue?.[filter.queue ?? ''] ?? {});
}
