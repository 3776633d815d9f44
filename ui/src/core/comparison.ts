import type { Counts, Status } from '../api/types';
import { count } from './numbers';

/** `+5`, `−12`, or nothing where nothing changed. */
export function change(from: number, to: number): string | null {
  if (from === to) return null;
  return to > from ? `+${count(to - from)}` : `−${count(from - to)}`;
}

export interface Change {
  status: Status;
  from: number;
  to: number;
  words: string;
}

/** The statuses whose counts differ, in the given order. */
export function changesBetween(from: Counts, to: Counts, order: readonly Status[]): Change[] {
  return order.flatMap((status) => {
    const words = change(from[status], to[status]);
    return words === null ? [] : [{ status, from: from[status], to: to[status], words }];
  });
}
