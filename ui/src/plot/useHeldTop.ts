import { useRef } from 'react';

const HOLD_MS = 10_000;

/** The top of an axis: grows at once, shrinks only when it has stood for a while, so that the bars do not jump. */
export function useHeldTop(wanted: number, key: string): number {
  const held = useRef({ top: wanted, at: 0, key });
  const now = Date.now();
  const { top, at } = held.current;
  if (key !== held.current.key || wanted > top || (wanted < top && now - at > HOLD_MS)) {
    held.current = { top: wanted, at: now, key };
  }
  return held.current.top;
}
