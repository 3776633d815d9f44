import { failureDelay } from '../core/failureDelay';
import { ApiError } from './client';

/** What was there before is still shown meanwhile. */
const STALE_MS = 3000;
/** The same question gets the same answer. */
const FINAL = new Set([400, 404, 410, 422]);

interface Asked {
  data: unknown;
  error: Error | null;
  /** While there is no data, these are the failures in a row. */
  errorUpdateCount: number;
}

/** In how many milliseconds a query that failed is asked again; false where it is not. */
export function askAgainIn({ data, error, errorUpdateCount }: Asked): number | false {
  if (!error || (error instanceof ApiError && FINAL.has(error.status))) return false;
  return data === undefined ? failureDelay(errorUpdateCount) : STALE_MS;
}

/** The same as the `refetchInterval` of a query: every query has it that names no other. */
export const askAgain = ({ state }: { state: Asked }): number | false => askAgainIn(state);
