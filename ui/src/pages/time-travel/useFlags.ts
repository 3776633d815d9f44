import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { newestSeq, readLog, stampAfter } from '../../api/eventLog';
import { seqBefore } from '../../core/bisect';
import { millis } from '../../core/time';
import { type Flag, flagOf, type Stretch } from '../../core/timeline';
import { useLiveRefetch } from '../useLiveRefetch';

const PAGE = 1000;
/** Of a stretch with more events than this, only the flags among the last ones are looked for. */
const REACH = 1_000_000;
const GAP_MS = 2000;

export interface Flags {
  flags: Flag[];
  /** From when on they are known, where a stretch is too full to look through. */
  since: number | null;
  scannedTo: number;
}

const NONE: Flags = { flags: [], since: null, scannedTo: 0 };

/** Reads on up to `end`, or as far as the log goes. */
async function readOn(known: Flags, end: number, signal: AbortSignal): Promise<Flags> {
  const flags = [...known.flags];
  let { scannedTo } = known;
  for (let isOn = true; isOn && scannedTo < end; ) {
    const page = await readLog({ after: scannedTo, limit: PAGE, job: 0 }, signal);
    for (const { value } of page.events) {
      const flag = flagOf(value, millis(value.at));
      if (flag) flags.push(flag);
    }
    isOn = page.scannedTo > scannedTo;
    scannedTo = Math.max(scannedTo, page.scannedTo);
  }
  return { ...known, flags, scannedTo };
}

async function readStretch({ from, to }: Stretch, isPast: boolean, signal: AbortSignal): Promise<Flags> {
  const after = stampAfter(signal);
  const newest = await newestSeq(signal);
  const first = await seqBefore(from, newest, after);
  const end = isPast ? Math.min(newest, (await seqBefore(to, newest, after)) + PAGE) : newest;
  const start = Math.max(first, end - REACH);
  const since = start > first ? ((await after(start))?.time ?? null) : null;
  return readOn({ flags: [], since, scannedTo: start }, end, signal);
}

/** The events of the system in a stretch that are worth a flag. Of one that holds now, what is new is read on. */
export function useFlags(stretch: Stretch, now: number, isOn = true): Flags {
  const queries = useQueryClient();
  const { from, to } = stretch;
  const isPast = to <= now;
  const running = ['flags', to - from] as const;
  useLiveRefetch(running, GAP_MS);
  const queryKey = isPast ? (['flags', from, to] as const) : running;
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const known = isPast ? undefined : queries.getQueryData<Flags>(queryKey);
      return known
        ? readOn(known, Number.POSITIVE_INFINITY, signal)
        : readStretch({ from, to }, isPast, signal);
    },
    enabled: isOn,
    placeholderData: keepPreviousData,
    refetchOnMount: isPast ? true : 'always',
    retry: 2,
  });
  return data ?? NONE;
}
