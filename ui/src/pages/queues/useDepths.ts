import {
  keepPreviousData,
  type QueryClient,
  type QueryKey,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { every } from '../../api/askAgain';
import { queuesAt } from '../../api/depths';
import { stampAfter } from '../../api/eventLog';
import { keys } from '../../api/keys';
import { seqBefore } from '../../core/bisect';
import { lastSampleTime, type Reach, reachOf, type Sample, sampleTimes } from '../../core/depth';
import { eventBars } from '../../core/history';
import { useNow } from '../../ui/clock';
import { serverNow } from '../../ui/serverTime';
import { useHistory } from '../useHistory';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** The server reads on through a long log, and is asked again. */
const AGAIN_MS = 2000;
const NONE: readonly Sample[] = [];

export interface Depths {
  samples: readonly Sample[];
  reach: Reach;
  /** Up to when. */
  now: number;
}

/**
 * Looks at all queues at some times, the oldest first, since the server goes through the log once. What once was does not change, so no
 * moment is asked for twice; what is found is shown meanwhile.
 */
async function lookAt(
  queries: QueryClient,
  queryKey: QueryKey,
  times: readonly number[],
  signal: AbortSignal,
): Promise<Sample[]> {
  let found = (queries.getQueryData<Sample[]>(queryKey) ?? []).filter(({ at }) => times.includes(at));
  for (const time of times) {
    if (found.some(({ at }) => at === time)) continue;
    const sample = await queries.fetchQuery({
      queryKey: keys.queuesAt(time),
      queryFn: () => queuesAt(time, signal),
      staleTime: Number.POSITIVE_INFINITY,
    });
    signal.throwIfAborted();
    found = [...found, sample].sort((a, b) => a.at - b.at);
    queries.setQueryData(queryKey, found);
  }
  return found;
}

/** How full the queues were over the last while. */
export function useDepths(): Depths {
  const queries = useQueryClient();
  const now = useNow(true, 1000);
  const { data: minutes } = useHistory('minute', HOUR);
  const [hour] = eventBars(minutes ?? [], now - HOUR, 1, 61 * MINUTE);
  const reach = reachOf(hour?.all ?? 0);
  const queryKey = keys.depths(reach.stepMs);
  const { data: samples = NONE } = useQuery({
    queryKey,
    enabled: minutes !== undefined && !reach.isTooMuch,
    queryFn: ({ signal }) => lookAt(queries, queryKey, sampleTimes(serverNow(), reach), signal),
    refetchInterval: every(reach.stepMs / 4),
    refetchOnMount: 'always',
    retry: true,
    retryDelay: AGAIN_MS,
  });
  return { samples, reach, now };
}

/** The same over the while before a moment of the past, after event `seq`; looked at once that moment itself is known. */
export function useDepthsThen(time: number, seq: number, isKnown: boolean): Depths {
  const queries = useQueryClient();
  // The history of the server does not reach back as far as the log, so the events of the hour are counted there.
  const { data: events } = useQuery({
    queryKey: keys.hourBefore(Math.floor(time / MINUTE)),
    queryFn: async ({ signal }) => seq - (await seqBefore(time - HOUR, seq, stampAfter(signal))),
    enabled: isKnown,
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    retry: true,
    retryDelay: AGAIN_MS,
  });
  const reach = useMemo(() => reachOf(events ?? 0), [events]);
  const queryKey = keys.depthsThen(reach.stepMs, lastSampleTime(time, reach));
  const { data: found = NONE } = useQuery({
    queryKey,
    enabled: isKnown && events !== undefined && !reach.isTooMuch,
    queryFn: ({ signal }) => lookAt(queries, queryKey, sampleTimes(time, reach), signal),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: true,
    retryDelay: AGAIN_MS,
  });
  // On the way from another moment, those that belong to this one as well.
  const samples = useMemo(() => {
    const wanted = sampleTimes(time, reach);
    return found.filter(({ at }) => wanted.includes(at));
  }, [found, time, reach]);
  return { samples, reach, now: time };
}
