import { failureDelay } from '../core/failureDelay';
import { ApiError } from './client';

/** What was there before is still shown meanwhile. */
const STALE_MS = 3000;
/** Timeout, too early, too many requests: of all refusals these go away by waiting. */
const PASSING = new Set([408, 425, 429]);

interface Asked {
  data: unknown;
  error: Error | null;
  /** While there is no data, these are the failures in a row. */
  errorUpdateCount: number;
}

/** Whether the same question will get the same answer, however long one waits. */
export const isFinal = (error: Error): boolean =>
  error instanceof ApiError && error.status >= 400 && error.status < 500 && !PASSING.has(error.status);

/** The server may ask for more time than one would have given it. */
const atLeastAsked = (error: Error, ms: number): number =>
  Math.max(ms, (error instanceof ApiError && error.retryAfterMs) || 0);

/** In how many milliseconds one asks again what failed so many times in a row; null: not by itself. */
export const waitAfter = (error: Error, failures: number): number | null =>
  isFinal(error) ? null : atLeastAsked(error, failureDelay(failures));

/** In how many milliseconds a query that failed is asked again; false where it is not. */
export function askAgainIn({ data, error, errorUpdateCount }: Asked): number | false {
  if (!error || isFinal(error)) return false;
  return atLeastAsked(error, data === undefined ? failureDelay(errorUpdateCount) : STALE_MS);
}

/** The same as the `refetchInterval` of a query: every query has it that names no other. */
export const askAgain = ({ state }: { state: Asked }): number | false => askAgainIn(state);

/** The `refetchInterval` of a query that is asked at an even pace. Once it was answered, a refusal does not end that: its page still shows what was. */
export const every =
  (ms: number) =>
  ({ state }: { state: Asked }): number | false => {
    if (!state.error) return ms;
    return state.data === undefined ? askAgainIn(state) : atLeastAsked(state.error, ms);
  };
