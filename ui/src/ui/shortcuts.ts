import { useEffect, useRef, useSyncExternalStore } from 'react';
import { areSingleKeysOn } from './preferences';

// Keys, off inside inputs and while a dialog or menu is open. What is registered is also what the list under `?` shows, and what of it is a
// command can be run from the palette.

export interface Shortcut {
  /** `j`, `Shift+T`, `.`, `ArrowDown`, `Ctrl+K`; `g o` is one key after another. */
  keys: readonly string[];
  label: string;
  run(event?: KeyboardEvent): void;
  /** Whether the palette offers it. */
  isCommand?: boolean;
  /** Why it is not possible now; pressing the key says so. */
  refusal?: string | null;
  /** Also inside inputs. */
  isEverywhere?: boolean;
}

export interface ShortcutGroup {
  name: string;
  /** As they are now. */
  read(): readonly Shortcut[];
}

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();

function change(next: readonly ShortcutGroup[]): void {
  groups = next;
  for (const listener of listeners) listener();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio)$/.test(target.type));

/** Where these two have a meaning of their own. */
const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('button,a,input,summary,[role="tab"],[role="radio"]') !== null;

export function keyName(event: KeyboardEvent): string {
  const control = event.ctrlKey || event.metaKey ? 'Ctrl+' : '';
  const name = event.key === ' ' ? 'Space' : event.key.length > 1 ? event.key : event.key.toLowerCase();
  const isLetter = /^[a-z]$/.test(name);
  if (event.shiftKey && isLetter) return `${control}Shift+${name.toUpperCase()}`;
  if (event.shiftKey && /^(Arrow|Space)/.test(name)) return `${control}Shift+${name}`;
  return name.length > 1 ? control + name : control === '' ? name : control + name.toUpperCase();
}

/** Whether it is a letter, digit or sign without Ctrl, alone or one after another: what can be switched off. */
export const isSingleKey = (key: string): boolean =>
  key.split(' ').some((part) => part.length === 1 || /^Shift\+.$/.test(part));

const SEQUENCE_MS = 1500;
let first: { name: string; at: number } | null = null;

/** The key, after the one before it where some shortcut begins with that. */
function sequenceName(event: KeyboardEvent): string {
  const name = keyName(event);
  const isSecond = first !== null && event.timeStamp - first.at < SEQUENCE_MS;
  const whole = isSecond ? `${first?.name} ${name}` : name;
  const isFirst = groups.some((group) =>
    group.read().some((shortcut) => shortcut.keys.some((key) => key.startsWith(`${name} `))),
  );
  first = isFirst && !isSecond ? { name, at: event.timeStamp } : null;
  return whole;
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || /^(Shift|Control|Meta)$/.test(event.key)) return;
  if (document.querySelector('[role="dialog"],[role="alertdialog"],[role="menu"]')) return;
  const typing = isTyping(event.target);
  const name = typing ? keyName(event) : sequenceName(event);
  if (/^(Enter|Space)$/.test(name) && isPressable(event.target)) return;
  if (isSingleKey(name) && !areSingleKeysOn()) return;
  for (const group of groups.toReversed()) {
    const found = group
      .read()
      .find((shortcut) => shortcut.keys.includes(name) && (!typing || shortcut.isEverywhere));
    if (!found) continue;
    event.preventDefault();
    found.run(event);
    return;
  }
}

document.addEventListener('keydown', handle);

/** Registers the keys of a part of the page for as long as it is shown; those of `isBase` give way to all others. */
export function useShortcuts(name: string, shortcuts: readonly Shortcut[], isBase = false): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const group: ShortcutGroup = { name, read: () => latest.current };
    change(isBase ? [group, ...groups] : [...groups, group]);
    return () => change(groups.filter((each) => each !== group));
  }, [name, isBase]);
}

export const useShortcutGroups = (): readonly ShortcutGroup[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
