import { useQuery } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { readLog } from '../../api/eventLog';
import { keys } from '../../api/keys';
import type { JobEvent } from '../../api/types';
import { type KeptFrom, keptFrom } from '../../core/between';

const PAGE = 1000;
/** Events of the system stay for ever; so many of them are looked through for the first one of a job. */
const MOST_PAGES = 5;
const REFETCH_MS = 60_000;

async function firstEvents(signal: AbortSignal): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for (let page = 0; page < MOST_PAGES; page++) {
    const more = await readLog({ after: events.at(-1)?.seq ?? 0, limit: PAGE }, signal);
    events.push(...more.events.map(({ value }) => value));
    if (more.events.length < PAGE || more.events.some(({ value }) => value.job !== 0)) break;
  }
  return events;
}

/** Before when the log has no event of a job any more, because they were purged; null where none was. */
export function useKeptFrom(): KeptFrom | null {
  const { data = null } = useQuery({
    queryKey: keys.keptFrom,
    queryFn: async ({ signal }) => keptFrom(await firstEvents(signal)),
    refetchInterval: every(REFETCH_MS),
    refetchOnMount: 'always',
  });
  return data;
}
