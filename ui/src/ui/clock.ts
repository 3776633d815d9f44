import { useRef, useSyncExternalStore } from 'react';
import { serverNow } from './serverTime';

// One clock for every countdown. A component asks for what it shows, not for the time, so it renders only when that changes.

const TICK_MS = 100;
const listeners = new Set<() => void>();
let timer: number | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= window.setInterval(() => {
    if (!document.hidden) for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    window.clearInterval(timer);
    timer = undefined;
  };
}

type Shown = string | number | boolean | null;

let frozenAt: number | null = null;

/** Stops the time that pages show, because what they show is no longer live; null lets it go on. */
export function freezeClock(at: number | null): void {
  frozenAt = at;
  for (const listener of listeners) listener();
}

/** A text, number or boolean that depends on the time of the page: the server's, or that of the moment it shows. */
export function useClock<T extends Shown>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(frozenAt ?? serverNow()));
}

/** The same of the server's time, which goes on while the page shows another one. */
export function useServerClock<T extends Shown>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(serverNow()));
}

/** The same of the browser's: for the connection, and for what the page itself will do. */
export function useRealClock<T extends Shown>(read: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(Date.now()));
}

/** The time itself in steps, for drawings that move; stands still when `isMoving` is false. */
export function useNow(isMoving: boolean, stepMs = TICK_MS): number {
  const still = useRef(frozenAt ?? serverNow());
  return useClock((now) => {
    if (isMoving) still.current = Math.floor(now / stepMs) * stepMs;
    return still.current;
  });
}
