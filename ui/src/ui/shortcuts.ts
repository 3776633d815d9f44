import { useEffect, useRef, useSyncExternalStore } from 'react';

// Single keys, off inside inputs and while a dialog is open. What is registered is also what the list under `?` shows.

export interface Shortcut {
  /** `j`, `Shift+T`, `.`, `ArrowDown`; `g o` is one key after another. */
  keys: readonly string[];
  label: string;
  run(event: KeyboardEvent): void;
}

interface Group {
  name: string;
  shortcuts: readonly Shortcut[];
}

let groups: readonly Group[] = [];
const listeners = new Set<() => void>();

function change(next: readonly Group[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function keyName(event: KeyboardEvent): string {
  if (event.key.length > 1) return event.key;
  return event.shiftKey && /[a-z]/i.test(event.key)
    ? `Shift+${event.key.toUpperCase()}`
    : event.key.toLowerCase();
}

const SEQUENCE_MS = 1500;
let first: { name: string; at: number } | null = null;

/** The key, after the one before it where some shortcut begins with that. */
function sequenceName(event: KeyboardEvent): string {
  const name = keyName(event);
  const isSecond = first !== null && event.timeStamp - first.at < SEQUENCE_MS;
  const whole = isSecond ? `${first?.name} ${name}` : name;
  const isFirst = groups.some((group) =>
    group.shortcuts.some((shortcut) => shortcut.keys.some((key) => key.startsWith(`${name} `))),
  );
  first = isFirst && !isSecond ? { name, at: event.timeStamp } : null;
  return whole;
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target) || document.querySelector('[role="dialog"],[role="alertdialog"]')) return;
  if (event.key === 'Shift') return;
  const name = sequenceName(event);
  for (const group of groups.toReversed()) {
    const found = group.shortcuts.find((shortcut) => shortcut.keys.includes(name));
    if (!found) continue;
    event.preventDefault();
    found.run(event);
    return;
  }
}

document.addEventListener('keydown', handle);

/** Registers the keys of a part of the page for as long as it is shown. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const stable = latest.current.map((shortcut, i) => ({
      ...shortcut,
      run: (event: KeyboardEvent) => latest.current[i]?.run(event),
    }));
    const group = { name, shortcuts: stable };
    change([...groups, group]);
    return () => change(groups.filter((each) => each !== group));
  }, [name]);
}

export const useShortcutGroups = (): readonly Group[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
