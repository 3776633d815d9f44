import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getHistory, type Resolution, type Slot } from '../api/history';
import { mergeSlots, slotMs } from '../core/history';
import { serverNow } from '../ui/serverTime';
import { useLiveRefetch } from './useLiveRefetch';

const GAPS: Record<Resolution, number> = { second: 1000, minute: 3000, hour: 60_000 };

/** The slots of the last `spanMs`: read once, later only from the newest known one on, which may still fill. */
export function useHistory(resolution: Resolution, spanMs: number) {
  const queries = useQueryClient();
  const queryKey = ['history', resolution, spanMs] as const;
  useLiveRefetch(queryKey, GAPS[resolution]);
  return useQuery({
    queryKey,
    queryFn: async (): Promise<Slot[]> => {
      const oldest = serverNow() - spanMs - slotMs(resolution);
      const known = queries.getQueryData<Slot[]>(queryKey) ?? [];
      const from = (known.at(-1)?.at ?? oldest) - slotMs(resolution);
      return mergeSlots(known, await getHistory(resolution, Math.max(from, oldest)), oldest);
    },
    refetchOnMount: 'always',
  });
}
