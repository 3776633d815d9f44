import { useEffect, useState } from 'react';
import { SLOW_MS } from '../../live/slow';

/** Reading a list, as far as a person has a say in it. */
export interface Search {
  /** Whether it has been going on for long. */
  isSlow: boolean;
  isStopped: boolean;
  stop(): void;
  /** Goes on with what was stopped. */
  again(): void;
}

/** Whether it has been going on for long; at once where it was stopped for that before. */
export function useSlow(isSearching: boolean, isStopped = false): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (isStopped) return setSlow(true);
    if (!isSearching) return setSlow(false);
    const timer = window.setTimeout(() => setSlow(true), SLOW_MS);
    return () => window.clearTimeout(timer);
  }, [isSearching, isStopped]);
  return isSearching && isSlow;
}
