import { useCallback, useRef } from 'react';

/** A function that stays the same while what it does follows the latest render, for rows that are memoised. */
export function useStable<A extends unknown[]>(run: (...values: A) => void): (...values: A) => void {
  const latest = useRef(run);
  latest.current = run;
  return useCallback((...values: A) => latest.current(...values), []);
}
