import type { LogPage, LogQuery } from '../api/eventLog';
import type { EventFilter } from './eventTail';

/** So many events fit into one file; of more, the command line writes any number. */
export const MOST_EXPORTED = 100_000;
const PAGE = 1000;

export interface ExportWish extends EventFilter {
  /** Seqs, both included. */
  from: number;
  to: number;
}

/** From what was typed: the wish, or what is wrong with each field. */
export function exportSpan(
  from: string,
  to: string,
): { from: number; to: number } | { faults: { from?: string; to?: string } } {
  const [first, last] = [from, to].map((text) => {
    const typed = text.trim().replaceAll(',', '');
    return /^\d{1,15}$/.test(typed) && Number(typed) > 0 ? Number(typed) : null;
  }) as [number | null, number | null];
  const wrong = 'The seq of an event, from 1 on';
  if (first === null || last === null)
    return { faults: { ...(first === null && { from: wrong }), ...(last === null && { to: wrong }) } };
  return last < first ? { faults: { to: 'Before the first one' } } : { from: first, to: last };
}

/** The events of a stretch as they are stored, a line each; stops where the log or the file is full. */
export async function exportLog(
  { from, to, types, job }: ExportWish,
  read: (query: LogQuery) => Promise<LogPage>,
  onRead: (scannedTo: number) => void,
): Promise<{ lines: string[]; isCut: boolean }> {
  const lines: string[] = [];
  for (let after = from - 1; after < to; ) {
    const page = await read({ after, limit: PAGE, types, job });
    for (const { value, text } of page.events) {
      if (value.seq > to) return { lines, isCut: false };
      if (lines.length === MOST_EXPORTED) return { lines, isCut: true };
      lines.push(`${text}\n`);
    }
    if (page.scannedTo <= after) break;
    after = page.scannedTo;
    onRead(Math.min(after, to));
  }
  return { lines, isCut: false };
}
