import { useQuery, useQueryClient } from '@tanstack/react-query';
import { readLog } from '../../api/eventLog';
import { millis } from '../../core/time';
import { type Flag, flagOf } from '../../core/timeline';
import { useLiveRefetch } from '../useLiveRefetch';

const PAGE = 1000;
const KEPT = 5000;
const GAP_MS = 2000;
const KEY = ['flags'] as const;

interface Known {
  flags: Flag[];
  scannedTo: number;
}

/** The events of the system that are worth a flag; what is new is read on from where the last reading ended. */
export function useFlags(): Flag[] {
  const queries = useQueryClient();
  useLiveRefetch(KEY, GAP_MS);
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }): Promise<Known> => {
      const known = queries.getQueryData<Known>(KEY);
      const flags = [...(known?.flags ?? [])];
      let scannedTo = known?.scannedTo ?? 0;
      for (let isOn = true; isOn; ) {
        const page = await readLog({ after: scannedTo, limit: PAGE, job: 0 }, signal);
        for (const { value } of page.events) {
          const flag = flagOf(value, millis(value.at));
          if (flag) flags.push(flag);
        }
        isOn = page.scannedTo > scannedTo;
        scannedTo = Math.max(scannedTo, page.scannedTo);
      }
      return { flags: flags.slice(-KEPT), scannedTo };
    },
    refetchOnMount: 'always',
  });
  return data?.flags ?? [];
}
