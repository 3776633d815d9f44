import type { Slot } from '../api/history';

const NONE = { count: 0, p50: 0, p90: 0, p99: 0 };

/** A stretch of the history in which nothing else happened. */
export const makeSlot = (at: number, part: Partial<Slot> = {}): Slot => ({
  at,
  created: 0,
  attempted: 0,
  succeeded: 0,
  failed: 0,
  retried: 0,
  dead_lettered: 0,
  cancelled: 0,
  other: 0,
  wait_ms: NONE,
  run_ms: NONE,
  total_ms: NONE,
  ...part,
});
