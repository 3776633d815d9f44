import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { every } from '../../api/askAgain';
import { stampAfter } from '../../api/eventLog';
import { getHistory, type Slot } from '../../api/history';
import { keys } from '../../api/keys';
import { type MapPlan, mapPlan, type TrackBar, trackBars } from '../../core/timeline';

const MINUTE = 60_000;
const REFETCH_MS = 5 * MINUTE;
const NONE: readonly Slot[] = [];

export interface LogMap {
  plan: MapPlan;
  bars: TrackBar[];
}

/** All events of the log, coarsely; null while it is short, or nothing is known of it yet. */
export function useLogMap(now: number): LogMap | null {
  const minute = Math.floor(now / MINUTE) * MINUTE;
  const { data: first } = useQuery({
    queryKey: keys.logStart,
    queryFn: ({ signal }) => stampAfter(signal)(0),
  });
  const plan = useMemo(() => (first ? mapPlan(first.time, minute) : null), [first, minute]);
  const { data: slots = NONE } = useQuery({
    queryKey: keys.logMap(plan?.resolution ?? '', plan?.from ?? 0),
    queryFn: ({ signal }) => (plan ? getHistory(plan.resolution, plan.from, undefined, signal) : []),
    enabled: plan !== null,
    refetchInterval: every(REFETCH_MS),
    placeholderData: keepPreviousData,
  });
  return useMemo(() => plan && { plan, bars: trackBars(slots, plan, plan.barMs) }, [plan, slots]);
}
