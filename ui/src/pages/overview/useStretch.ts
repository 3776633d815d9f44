import type { UseQueryResult } from '@tanstack/react-query';
import type { Slot } from '../../api/history';
import { planOf, type Range, type RangePlan } from '../../core/history';
import { clockMinutes } from '../../core/time';
import { type Zoom, zoomPlan } from '../../core/zoom';
import { useZone } from '../../ui/preferences';
import { useHistoryThen } from '../past/useHistoryThen';
import { useHistory } from '../useHistory';

export interface ShownStretch {
  plan: RangePlan;
  /** Where the charts end, and how that is called where it is not now. */
  to: number;
  end: string | undefined;
  bars: UseQueryResult<Slot[]>;
  latencies: UseQueryResult<Slot[]>;
}

/** What the charts show: the last while, or a stretch that was picked. */
export function useStretch(range: Range, zoom: Zoom | null, now: number): ShownStretch {
  const zone = useZone();
  const last = planOf(range);
  const lastBars = useHistory(last.resolution, last.spanMs);
  const lastLatencies = useHistory(last.latency, last.spanMs);
  const { plan, to } = zoom ? zoomPlan(zoom, now) : { plan: last, to: now };
  const at = zoom ? to : null;
  const bars = useHistoryThen(plan.resolution, plan.spanMs, at);
  const latencies = useHistoryThen(plan.latency, plan.spanMs, at);
  return zoom
    ? { plan, to: to - 1, end: clockMinutes(to, zone), bars, latencies }
    : { plan, to, end: undefined, bars: lastBars, latencies: lastLatencies };
}
