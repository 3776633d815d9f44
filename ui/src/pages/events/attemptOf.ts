import type { JobEvent } from '../../api/types';

/** The start of the attempt that an event ends, if it is among the rows: the fence is its place in the log. */
export function attemptOf(event: JobEvent, rows: readonly JobEvent[]): JobEvent | undefined {
  const { fence } = event.data;
  if (typeof fence !== 'number') return undefined;
  let [low, high] = [0, rows.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = rows[middle];
    if (!found || found.seq === fence) return found;
    if (found.seq < fence) low = middle + 1;
    else high = middle - 1;
  }
  return undefined;
}
