import { queryOptions, useQuery } from '@tanstack/react-query';
import { getClock } from '../api/client';
import { keys } from '../api/keys';
import { setServerTime } from '../ui/serverTime';

/** A clock that is moved by hand may be moved at any time. */
const MANUAL_MS = 1000;
const REAL_MS = 60_000;

/** Asking it keeps the page's time that of the server. */
export const serverTimeQuery = queryOptions({
  queryKey: keys.clockKind,
  queryFn: async ({ signal }): Promise<'real' | 'manual'> => {
    const askedAt = Date.now();
    const { kind, now } = await getClock(signal);
    setServerTime({ kind, now, askedAt, gotAt: Date.now() });
    return kind;
  },
  refetchInterval: ({ state }) => (state.data === 'manual' ? MANUAL_MS : REAL_MS),
  staleTime: MANUAL_MS,
});

/** What kind of a clock the server has, once it is known. */
export const useServerTime = (): 'real' | 'manual' | undefined => useQuery(serverTimeQuery).data;
