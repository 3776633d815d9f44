import { useSyncExternalStore } from 'react';

// Filters that a person gave a name. The server has no place for them, so this browser keeps them.

export interface SavedView {
  name: string;
  /** The query of the Jobs page, as in its address. */
  query: string;
}

export const MOST_VIEWS = 20;
export const NAME_CHARS = 60;
const KEY = 'retrylab.views';
const listeners = new Set<() => void>();
let views: readonly SavedView[] | undefined;

const isView = (value: unknown): value is SavedView =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as SavedView).name === 'string' &&
  typeof (value as SavedView).query === 'string';

/** What another version, or a hand, may have left there is not taken as it is. */
export function readViews(text: string | null): SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored
      .filter(isView)
      .slice(0, MOST_VIEWS)
      .map(({ name, query }) => ({ name, query }));
  } catch {
    return [];
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function get(): readonly SavedView[] {
  views ??= readViews(stored());
  return views;
}

function set(next: readonly SavedView[]): void {
  views = next;
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage may be off or full: the views then last as long as the page.
  }
  for (const listener of listeners) listener();
}

/** Why a name cannot be given, or null. */
export function nameFault(name: string, known: readonly SavedView[]): string | null {
  if (name.trim() === '') return 'Give the view a name';
  if (known.some((view) => view.name === name.trim())) return 'There is a view of this name';
  return known.length >= MOST_VIEWS ? `There are ${MOST_VIEWS} views already: remove one first` : null;
}

export const saveView = (view: SavedView): void => set([...get(), { ...view, name: view.name.trim() }]);
export const removeView = (name: string): void => set(get().filter((view) => view.name !== name));

export const useSavedViews = (): readonly SavedView[] =>
  useSyncExternalStore((listener) => {
    const changed = (event: StorageEvent): void => {
      if (event.key !== KEY) return;
      views = undefined;
      listener();
    };
    listeners.add(listener);
    window.addEventListener('storage', changed);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', changed);
    };
  }, get);
