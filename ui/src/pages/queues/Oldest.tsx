import { useQuery } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { oldestQueued } from '../../api/depths';
import { keys } from '../../api/keys';
import { waitingSince } from '../../core/depth';
import { coarse } from '../../core/time';
import { useClock } from '../../ui/clock';

const OLDEST_MS = 5000;
/** From here on a wait is worth a look. */
const LONG_MS = 60_000;

/** How long the job of a queue has waited that was made first. */
export function Oldest({ name }: { name: string }) {
  const { data: job } = useQuery({
    queryKey: keys.oldestQueued(name),
    queryFn: ({ signal }) => oldestQueued(name, signal),
    refetchInterval: every(OLDEST_MS),
  });
  return <Age since={job ? waitingSince(job) : null} />;
}

export function Age({ since }: { since: number | null }) {
  const text = useClock((now) => (since === null ? '–' : coarse(now - since)));
  const isLong = useClock((now) => since !== null && now - since > LONG_MS);
  return <span className={isLong ? 'c-retrying' : undefined}>{text}</span>;
}
