import { useSyncExternalStore } from 'react';
import type { Zone } from '../core/time';

// What a person has chosen for this browser. Never part of a link.

export type Theme = 'dark' | 'light';

interface Preference<T extends string> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

function preference<T extends string>(name: string, allowed: readonly T[], initial: () => T): Preference<T> {
  const listeners = new Set<() => void>();
  const key = `retrylab.${name}`;
  let value: T | undefined;
  const read = (): T => {
    let stored: string | null = null;
    try {
      stored = localStorage.getItem(key);
    } catch {
      // Storage may be off: the choice then lasts as long as the page.
    }
    return allowed.find((each) => each === stored) ?? initial();
  };
  return {
    get() {
      value ??= read();
      return value;
    },
    set(next) {
      value = next;
      try {
        localStorage.setItem(key, next);
      } catch {
        // As above.
      }
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const zone = preference<Zone>('zone', ['utc', 'local'], () => 'local');
const theme = preference<Theme>('theme', ['dark', 'light'], () =>
  document.documentElement.dataset.theme === 'light' ? 'light' : 'dark',
);

const singleKeys = preference<'on' | 'off'>('keys', ['on', 'off'], () => 'on');

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(singleKeys.subscribe, singleKeys.get) === 'on';
export const areSingleKeysOn = (): boolean => singleKeys.get() === 'on';
export const setSingleKeys = (isOn: boolean): void => singleKeys.set(isOn ? 'on' : 'off');

export const useZone = (): Zone => useSyncExternalStore(zone.subscribe, zone.get);
export const useTheme = (): Theme => useSyncExternalStore(theme.subscribe, theme.get);

export const flipZone = (): void => zone.set(zone.get() === 'utc' ? 'local' : 'utc');

export function flipTheme(): void {
  theme.set(theme.get() === 'dark' ? 'light' : 'dark');
  document.documentElement.dataset.theme = theme.get();
}

const local = Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'Local';

/** `UTC`, or the name of the browser's zone. */
export const zoneName = (of: Zone): string => (of === 'utc' ? 'UTC' : local);
