import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getHistory, type Resolution } from '../../api/history';
import { keys } from '../../api/keys';
import { slotMs } from '../../core/history';
import { serverNow } from '../../ui/serverTime';

const HOUR = 3_600_000;

/** How long the server keeps the slots. */
const KEPT_MS: Record<Resolution, number> = {
  second: HOUR,
  minute: 24 * HOUR,
  hour: 31 * 24 * HOUR,
};

/** The slots of the time before a moment, where they are still kept. */
export function useHistoryThen(resolution: Resolution, spanMs: number, time: number | null) {
  const size = slotMs(resolution);
  // Whole slots only: the one that the moment lies in also has what came after.
  const to = time === null ? 0 : Math.floor(time / size) * size;
  return useQuery({
    queryKey: keys.historyThen(resolution, to - spanMs, to),
    queryFn: ({ signal }) => getHistory(resolution, to - spanMs, to, signal),
    enabled: time !== null && serverNow() - (to - spanMs) < KEPT_MS[resolution],
    placeholderData: keepPreviousData,
    retry: 2,
  });
}
