import { useSyncExternalStore } from 'react';

export interface Toast {
  id: number;
  text: string;
  tone: 'good' | 'bad' | 'plain';
  /** A job to go to. */
  job?: number;
  /** What can be done about it. */
  action?: { label: string; run(): void };
  /** Whether it stays until it is dismissed. */
  isKept?: boolean;
}

const STAY_MS = 6000;
const MOST = 4;
const listeners = new Set<() => void>();
let toasts: readonly Toast[] = [];
let lastId = 0;

function show(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

export function dismiss(id: number): void {
  show(toasts.filter((toast) => toast.id !== id));
}

export function toast(text: string, options: Partial<Omit<Toast, 'id' | 'text'>> = {}): void {
  const id = ++lastId;
  show([...toasts, { tone: 'plain' as const, ...options, id, text }].slice(-MOST));
  if (!options.isKept) window.setTimeout(() => dismiss(id), STAY_MS);
}

export async function copy(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast(`Copied ${what}`);
  } catch {
    toast(`The browser did not allow copying ${what}`, { tone: 'bad' });
  }
}

export const useToasts = (): readonly Toast[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
