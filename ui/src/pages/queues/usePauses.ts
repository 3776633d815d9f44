import type { Queue } from '../../api/types';
import type { Pauses } from '../../core/queues';
import { useServerClock } from '../../ui/clock';
import { useFlags } from '../time-travel/useFlags';
import { stretchOf } from './QueueDetail';
import type { Depths } from './useDepths';

/** What the log tells of pauses up to the moment of the page, as far back as the depths are looked at; `until` is the event of that moment. */
export function usePauses(queues: readonly Queue[], depths: Depths, until: number | null): Pauses {
  const { reach, now: to } = depths;
  const isAny = queues.some(({ paused }) => paused);
  const now = useServerClock((at) => Math.floor(at / reach.stepMs) * reach.stepMs);
  const { flags, since, scannedTo } = useFlags(stretchOf(depths), now, isAny);
  return {
    flags: until === null ? flags : flags.filter(({ seq }) => seq <= until),
    from: Math.max(since ?? 0, to - reach.spanMs),
    to,
    scannedTo,
  };
}
