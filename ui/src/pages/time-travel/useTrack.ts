import { keepPreviousData, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getHistory, type Slot } from '../../api/history';
import { type Span, type Stretch, slotsFor, spanPlan, type TrackBar, trackBars } from '../../core/timeline';
import { useHistory } from '../useHistory';

const NONE: readonly Slot[] = [];

export interface Bars {
  bars: TrackBar[];
  barMs: number;
}

export interface Track extends Bars {
  query: UseQueryResult<Slot[]>;
}

/** The bars over a stretch: the running history as long as it holds now, else read once. */
export function useTrack(span: Span, stretch: Stretch, now: number): Track {
  const plan = spanPlan(span);
  const isRunning = stretch.to > now;
  const running = useHistory(plan.resolution, plan.spanMs);
  const { resolution, barMs } = slotsFor(span, stretch.from, now);
  const past = useQuery({
    queryKey: ['track', resolution, stretch.from, stretch.to],
    queryFn: ({ signal }) => getHistory(resolution, stretch.from, stretch.to, signal),
    enabled: !isRunning,
    placeholderData: keepPreviousData,
  });
  const query = isRunning ? running : past;
  const { data = NONE } = query;
  const { from, to } = stretch;
  const bars = useMemo(() => trackBars(data, { from, to }, barMs), [data, from, to, barMs]);
  return { bars, barMs, query };
}
