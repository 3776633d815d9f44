const FIRST_MS = 1000;
const CAP_MS = 30_000;

/** How long what failed so many times in a row waits for its next try: 1 s, doubling to 30 s. */
export const failureDelay = (failures: number): number =>
  Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(10, Math.max(0, failures - 1)));
