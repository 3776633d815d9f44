import { useMemo } from 'react';
import type { Job } from '../../api/types';
import { flagsAround } from '../../core/deadLetters';
import type { Flag, Stretch } from '../../core/timeline';
import { useServerClock } from '../../ui/clock';
import { usePast } from '../past/context';
import { useFlags } from '../time-travel/useFlags';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** What was read of the log holds for stretches up to one of these. */
const STRETCHES = [15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR, 31 * 24 * HOUR];

export interface GroupFlags {
  flags: Flag[];
  /** From when on they are known, where that is not all of the time. */
  since: number | null;
}

/** What was changed about the system while these jobs became dead letters, as far as it is about them. */
export function useGroupFlags(jobs: readonly Job[], { from, to }: Stretch): GroupFlags {
  const end = Math.ceil(to / MINUTE) * MINUTE;
  const most = STRETCHES[STRETCHES.length - 1] ?? HOUR;
  const span = STRETCHES.find((each) => end - each <= from) ?? most;
  const now = useServerClock((at) => Math.floor(at / MINUTE) * MINUTE);
  const read = useFlags({ from: end - span, to: end }, now, jobs.length > 0);
  const past = usePast();
  const until = past ? (past.view.state?.seq ?? 0) : Number.POSITIVE_INFINITY;
  const flags = useMemo(
    () =>
      flagsAround(
        read.flags.filter(({ seq }) => seq <= until),
        jobs,
        { from, to },
      ),
    [read.flags, jobs, from, to, until],
  );
  const first = Math.max(read.since ?? 0, end - span);
  return { flags, since: first > from ? first : null };
}
