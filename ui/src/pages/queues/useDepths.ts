import { useQuery, useQueryClient } from '@tanstack/react-query';
import { queuesAt } from '../../api/depths';
import { keys } from '../../api/keys';
import { type Reach, reachOf, type Sample, sampleTimes } from '../../core/depth';
import { eventBars } from '../../core/history';
import { useNow } from '../../ui/clock';
import { useHistory } from '../useHistory';

const MINUTE = 60_000;
/** The server reads on through a long log, and is asked again. */
const AGAIN_MS = 2000;
const NONE: readonly Sample[] = [];

export interface Depths {
  samples: readonly Sample[];
  reach: Reach;
  now: number;
}

/** How full the queues were over the last while. What was once looked at does not change, so each moment is asked for once. */
export function useDepths(): Depths {
  const queries = useQueryClient();
  const now = useNow(true, 1000);
  const { data: minutes } = useHistory('minute', 60 * MINUTE);
  const [hour] = eventBars(minutes ?? [], now - 60 * MINUTE, 1, 61 * MINUTE);
  const reach = reachOf(hour?.all ?? 0);
  const queryKey = keys.depths(reach.stepMs);
  const { data: samples = NONE } = useQuery({
    queryKey,
    enabled: minutes !== undefined && !reach.isTooMuch,
    queryFn: async ({ signal }): Promise<Sample[]> => {
      const times = sampleTimes(Date.now(), reach);
      let found = (queries.getQueryData<Sample[]>(queryKey) ?? []).filter(({ at }) => times.includes(at));
      // The oldest first: the server goes through the log once.
      for (const time of times) {
        if (found.some(({ at }) => at === time)) continue;
        const sample = await queuesAt(time, signal);
        found = [...found, sample].sort((a, b) => a.at - b.at);
        queries.setQueryData(queryKey, found);
      }
      return found;
    },
    refetchInterval: reach.stepMs / 4,
    refetchOnMount: 'always',
    retry: true,
    retryDelay: AGAIN_MS,
  });
  return { samples, reach, now };
}
