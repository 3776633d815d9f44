import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { newestSeq, readLog } from '../../api/eventLog';
import { keys } from '../../api/keys';
import { NO_RUNS, type Runs, runsOn } from '../../core/workRuns';
import { useLiveRefetch } from '../useLiveRefetch';

const PAGE = 1000;
/** So many of the newest events are looked through. */
export const REACH = 5000;
const GAP_MS = 2000;

interface Read extends Runs {
  scannedTo: number;
}

/** What some workers ended lately, read on as the log grows; or up to an event of the past. */
export function useRuns(workers: readonly string[], until: number | null): Runs | undefined {
  const queries = useQueryClient();
  const queryKey = keys.runs(workers.join(','), until);
  useLiveRefetch(queryKey, GAP_MS, until === null);
  const { data } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Read> => {
      const end = until ?? (await newestSeq(signal));
      const known = queries.getQueryData<Read>(queryKey);
      let read: Read =
        known && known.scannedTo >= end - REACH ? known : { ...NO_RUNS, scannedTo: Math.max(0, end - REACH) };
      while (read.scannedTo < end) {
        const page = await readLog({ after: read.scannedTo, limit: PAGE }, signal);
        const events = page.events.map(({ value }) => value).filter(({ seq }) => seq <= end);
        if (page.scannedTo <= read.scannedTo) break;
        read = { ...runsOn(workers, read, events), scannedTo: Math.min(end, page.scannedTo) };
      }
      return read;
    },
    refetchOnMount: until === null ? 'always' : true,
    placeholderData: keepPreviousData,
    retry: 2,
  });
  return data;
}
