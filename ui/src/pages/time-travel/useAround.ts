import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { readLog } from '../../api/eventLog';
import type { JobEvent } from '../../api/types';

const PAGE = 100;

/** The events before and after a place in the log, read by the hundred, so that most steps need nothing new. */
export function useAround(seq: number | null, newest: number): JobEvent[] {
  const after = seq === null ? 0 : Math.max(0, (Math.floor(seq / PAGE) - 1) * PAGE);
  const isFull = after + 3 * PAGE <= newest;
  const { data } = useQuery({
    queryKey: ['around', after, isFull ? null : newest],
    queryFn: async ({ signal }) =>
      (await readLog({ after, limit: 3 * PAGE }, signal)).events.map(({ value }) => value),
    enabled: seq !== null,
    placeholderData: keepPreviousData,
  });
  return data ?? [];
}
