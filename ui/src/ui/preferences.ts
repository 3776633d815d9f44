import { useSyncExternalStore } from 'react';
import { knownZone, UTC, type Zone, zoneWords } from '../core/zone';

// What a person has chosen for this browser. Never part of a link.

export type Theme = 'dark' | 'light';
export type ThemeChoice = 'system' | Theme;
export type Density = 'comfortable' | 'compact';

interface Preference<T extends string> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** `read` makes a choice of whatever is stored, also of what another version or a hand has left there. */
function preference<T extends string>(name: string, read: (stored: string | null) => T): Preference<T> {
  const listeners = new Set<() => void>();
  const key = `retrylab.${name}`;
  let value: T | undefined;
  const stored = (): string | null => {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage may be off: the choice then lasts as long as the page.
      return null;
    }
  };
  return {
    get() {
      value ??= read(stored());
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

/** The first one is what holds where nothing is stored. */
const oneOf =
  <T extends string>(...allowed: readonly [T, ...T[]]) =>
  (stored: string | null): T =>
    allowed.find((each) => each === stored) ?? allowed[0];

/** Of the browser; where it does not tell, that is UTC. */
export const BROWSER_ZONE: Zone = knownZone(Intl.DateTimeFormat().resolvedOptions().timeZone ?? '') ?? UTC;

/** The zone of the browser, wherever it is. */
export const LOCAL = 'local';

// Two choices, so that going to UTC and back does not forget which zone it was.
const chosenZone = preference<string>('zone', (stored) => (stored && knownZone(stored)) || LOCAL);
const utc = preference('utc', oneOf('off', 'on'));
const singleKeys = preference('keys', oneOf('on', 'off'));
const theme = preference<ThemeChoice>('theme', oneOf('system', 'dark', 'light'));
const density = preference<Density>('density', oneOf('comfortable', 'compact'));
const sidebar = preference('sidebar', oneOf('by-width', 'wide', 'slim'));

export const useSingleKeys = (): boolean =>
  useSyncExternalStore(singleKeys.subscribe, singleKeys.get) === 'on';
export const areSingleKeysOn = (): boolean => singleKeys.get() === 'on';
export const setSingleKeys = (isOn: boolean): void => singleKeys.set(isOn ? 'on' : 'off');

const zoneBesideUtc = (): Zone => (chosenZone.get() === LOCAL ? BROWSER_ZONE : chosenZone.get());
const zoneNow = (): Zone => (utc.get() === 'on' ? UTC : zoneBesideUtc());
const subscribeZone = (listener: () => void): (() => void) => {
  const stops = [chosenZone.subscribe(listener), utc.subscribe(listener)];
  return () => {
    for (const stop of stops) stop();
  };
};

/** The zone in which every time is shown and typed. */
export const useZone = (): Zone => useSyncExternalStore(subscribeZone, zoneNow);

/** Whether the zone is that of the browser by choice, and so goes where the browser goes. */
export const useIsLocal = (): boolean =>
  useSyncExternalStore(subscribeZone, () => utc.get() === 'off' && chosenZone.get() === LOCAL);

/** UTC leaves the zone that was chosen before in mind. */
export function setZone(next: Zone | typeof LOCAL): void {
  if (next !== UTC) chosenZone.set(next);
  utc.set(next === UTC ? 'on' : 'off');
}

/** To UTC, and from there to the zone that was chosen. */
export function flipZone(): void {
  if (zoneNow() !== UTC) utc.set('on');
  else setZone(chosenZone.get() === UTC ? LOCAL : chosenZone.get());
}

/** Where `flipZone` leads to. */
export const flipZoneWords = (zone: Zone): string =>
  `Times in ${zoneWords(zone === UTC ? zoneBesideUtc() : UTC)}`;

// Not there where no page is.
const systemLight = globalThis.matchMedia?.('(prefers-color-scheme: light)');
const themeNow = (): Theme => {
  const choice = theme.get();
  return choice !== 'system' ? choice : systemLight?.matches ? 'light' : 'dark';
};
const subscribeTheme = (listener: () => void): (() => void) => {
  const stop = theme.subscribe(listener);
  systemLight?.addEventListener('change', listener);
  return () => {
    stop();
    systemLight?.removeEventListener('change', listener);
  };
};

export const useTheme = (): Theme => useSyncExternalStore(subscribeTheme, themeNow);
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(theme.subscribe, theme.get);
export const setTheme = (choice: ThemeChoice): void => theme.set(choice);
export const flipTheme = (): void => theme.set(themeNow() === 'dark' ? 'light' : 'dark');

export const useDensity = (): Density => useSyncExternalStore(density.subscribe, density.get);
export const setDensity = (choice: Density): void => density.set(choice);

// Not there where no page is.
const narrow = globalThis.matchMedia?.('(max-width: 1180px)');
const isSidebarSlim = (): boolean =>
  sidebar.get() === 'by-width' ? (narrow?.matches ?? false) : sidebar.get() === 'slim';
const subscribeSidebar = (listener: () => void): (() => void) => {
  const stop = sidebar.subscribe(listener);
  narrow?.addEventListener('change', listener);
  return () => {
    stop();
    narrow?.removeEventListener('change', listener);
  };
};

/** Whether the sidebar shows icons only: without a choice, where the window is narrow. */
export const useSlimSidebar = (): boolean => useSyncExternalStore(subscribeSidebar, isSidebarSlim);
export const flipSidebar = (): void => sidebar.set(isSidebarSlim() ? 'wide' : 'slim');

/** Lets the page look as chosen, for as long as it is open. */
export function keepLook(): void {
  const { dataset } = document.documentElement;
  const look = (): void => {
    dataset.theme = themeNow();
    dataset.density = density.get();
    dataset.keys = singleKeys.get();
    dataset.sidebar = isSidebarSlim() ? 'slim' : 'wide';
  };
  look();
  subscribeTheme(look);
  density.subscribe(look);
  singleKeys.subscribe(look);
  subscribeSidebar(look);
}
