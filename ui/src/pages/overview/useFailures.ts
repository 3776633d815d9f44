import { useQuery, useQueryClient } from '@tanstack/react-query';
import { readLog } from '../../api/eventLog';
import { getFullStats } from '../../api/history';
import { type FailedAttempt, failedAttempt } from '../../core/failures';
import { useLiveRefetch } from '../useLiveRefetch';

const KEPT = 1000;
const REACH = 20_000;
const KEY = ['failures'] as const;

/** Whether nothing of the last hour is missing. */
export const coversHour = ({ attempts, since }: Failures, now: number): boolean => {
  const first = attempts[0]?.at;
  const isCut = attempts.length === KEPT || since > 0;
  return !isCut || (first !== undefined && first < now - 3_600_000);
};

export interface Failures {
  attempts: FailedAttempt[];
  scannedTo: number;
  /** The first event that was looked at. */
  since: number;
}

/** The failed attempts among the last events of the log; what is new is read on from where the last reading ended. */
export function useFailures() {
  const queries = useQueryClient();
  useLiveRefetch(KEY);
  return useQuery({
    queryKey: KEY,
    queryFn: async (): Promise<Failures> => {
      const known = queries.getQueryData<Failures>(KEY);
      const since = known?.since ?? Math.max(0, (await getFullStats()).seq - REACH);
      const attempts = [...(known?.attempts ?? [])];
      let scannedTo = known?.scannedTo ?? since;
      for (let isFull = true; isFull; ) {
        const page = await readLog({ after: scannedTo, limit: KEPT, types: ['Failed'] });
        attempts.push(...page.events.map((event) => failedAttempt(event.value)));
        scannedTo = page.scannedTo;
        isFull = page.events.length === KEPT;
      }
      return { attempts: attempts.slice(-KEPT), scannedTo, since };
    },
    refetchOnMount: 'always',
  });
}
