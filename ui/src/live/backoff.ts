const FIRST_MS = 500;
const CAP_MS = 15_000;

/** Delay before reconnecting: doubles from 0.5 s to 15 s, with full jitter. */
export function reconnectDelay(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(CAP_MS, FIRST_MS * 2 ** Math.min(failures, 10)));
}
