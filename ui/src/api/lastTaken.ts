import { type LogPage, newestSeq, readLog } from './eventLog';
import type { JobEvent } from './types';

/** The server looks at so many events for one answer. */
const STRETCH = 50_000;
const MOST_STRETCHES = 4;
const MOST_PAGES = 12;
const PAGE = 1000;
/** Of the redriven ones, so many are looked at whether they were dead letters: any ended job can be redriven. */
const MOST_CHECKED = 5;

export interface Taken {
  how: 'redriven' | 'discarded';
  at: string;
  seq: number;
}

type Read = typeof readLog;

/** The events of a type in the newest stretch that has any, null where that would take too many answers. */
async function newestOf(
  type: string,
  until: number,
  read: Read,
  signal?: AbortSignal,
): Promise<JobEvent[] | null> {
  let pages = 0;
  for (let end = until, i = 0; end > 0 && i < MOST_STRETCHES; i++) {
    const start = Math.max(0, end - STRETCH);
    const found: JobEvent[] = [];
    for (let after = start; after < end; ) {
      if (pages++ === MOST_PAGES) return null;
      const page: LogPage = await read({ after, limit: PAGE, types: [type] }, signal);
      found.push(...page.events.map(({ value }) => value).filter(({ seq }) => seq <= end));
      if (page.scannedTo <= after) break;
      after = page.scannedTo;
    }
    if (found.length > 0) return found;
    end = start;
  }
  return [];
}

async function wasDead({ job, seq }: JobEvent, read: Read, signal?: AbortSignal): Promise<boolean> {
  const { events } = await read({ after: 0, limit: PAGE, job }, signal);
  return events.findLast(({ value }) => value.seq < seq)?.value.type === 'DeadLettered';
}

/** What took a job out of the dead letters last, up to an event or now; null where the newest part of the log does not tell. */
export async function lastTaken(
  until: number | null,
  signal?: AbortSignal,
  read = readLog,
): Promise<Taken | null> {
  const end = until ?? (await newestSeq(signal));
  const discards = await newestOf('Discarded', end, read, signal);
  const redrives = discards && (await newestOf('Requeued', end, read, signal));
  if (!redrives) return null;
  const discarded = discards.at(-1);
  for (const event of redrives.slice(-MOST_CHECKED).reverse()) {
    if (discarded && event.seq < discarded.seq) break;
    if (await wasDead(event, read, signal)) return { how: 'redriven', at: event.at, seq: event.seq };
  }
  return discarded ? { how: 'discarded', at: discarded.at, seq: discarded.seq } : null;
}
