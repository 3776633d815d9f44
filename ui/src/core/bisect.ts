/** The first event after a seq, as far as it matters here. */
export interface Stamp {
  seq: number;
  time: number;
}

/** Near enough: so many events are read in one go anyway. */
export const NEAR = 1000;

/**
 * A seq at or before which everything is older than `time`, and at most NEAR events before the first one that is not. The log is
 * ordered by time.
 */
export async function seqBefore(
  time: number,
  newest: number,
  after: (seq: number) => Promise<Stamp | null>,
): Promise<number> {
  let [low, high] = [0, newest];
  while (high - low > NEAR) {
    const middle = Math.floor((low + high) / 2);
    const found = await after(middle);
    if (found !== null && found.time < time) low = Math.max(middle, Math.min(found.seq, high));
    else high = middle;
  }
  return low;
}
