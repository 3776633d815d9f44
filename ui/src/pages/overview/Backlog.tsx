import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { oldestQueued, queuesAt } from '../../api/depths';
import type { Slot } from '../../api/history';
import { keys } from '../../api/keys';
import type { Counts } from '../../api/types';
import { queuedIn, reachOf, waitingSince } from '../../core/depth';
import { eventBars } from '../../core/history';
import { count } from '../../core/numbers';
import { coarse } from '../../core/time';
import { useClock } from '../../ui/clock';
import { Figure, signed } from './Figure';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OLDEST_MS = 5000;

interface BacklogProps {
  counts: Counts;
  minutes: readonly Slot[];
  /** The whole minute that the figures are compared with. */
  hourAgo: number;
}

/** What waits for its start. */
export function Backlog({ counts, minutes, hourAgo }: BacklogProps) {
  const before = useQueuedAt(hourAgo, minutes);
  return (
    <Figure
      label="Backlog"
      status="queued"
      value={count(counts.QUEUED)}
      unit={counts.QUEUED === 1 ? 'job' : 'jobs'}
      change={signed(counts.QUEUED, before, count)}
      context={
        counts.QUEUED > 0 ? (
          <Oldest />
        ) : (
          `${count(counts.RUNNING)} running, ${count(counts.RETRYING)} retrying`
        )
      }
    />
  );
}

/**
 * How many jobs were queued at a time; null where nothing is known of it. The history of rates cannot tell: a retry comes due without
 * an event. So the log is looked at, once a minute, and not where that would read too much of it.
 */
function useQueuedAt(time: number, minutes: readonly Slot[]): number | null {
  const [since] = eventBars(minutes, time, 1, HOUR + 2 * MINUTE);
  const { data } = useQuery({
    queryKey: keys.queuesAt(time),
    queryFn: ({ signal }) => queuesAt(time, signal),
    enabled: minutes.length > 0 && reachOf(since?.all ?? 0).spanMs === HOUR,
    placeholderData: keepPreviousData,
  });
  return data ? queuedIn(data) : null;
}

/** How long the job waits for its start that was made first. */
function Oldest() {
  const { data: job } = useQuery({
    queryKey: keys.oldestQueued(''),
    queryFn: ({ signal }) => oldestQueued(null, signal),
    refetchInterval: every(OLDEST_MS),
  });
  const since = job ? waitingSince(job) : null;
  const text = useClock((at) => (since === null ? '' : `, oldest ${coarse(at - since)}`));
  return `queued${text}`;
}
