// What time it is for the server, by which jobs are due and late. A clock that is moved by hand stands still between its moves; a real one
// goes as the browser's does, but for what the two differ.

export interface ClockReading {
  kind: 'real' | 'manual';
  now: number;
  /** When it was asked for and when the answer was there, by the browser's clock. */
  askedAt: number;
  gotAt: number;
}

/** Clocks that differ by less are taken for the same: so much an answer may take. */
const SAME_MS = 2000;

let standing: number | null = null;
let ahead = 0;

export function setServerTime({ kind, now, askedAt, gotAt }: ClockReading): void {
  const difference = now - (askedAt + gotAt) / 2;
  standing = kind === 'manual' ? now : null;
  ahead = Math.abs(difference) < SAME_MS ? 0 : difference;
}

/** What the server's clock shows when the browser's shows `real`. */
export const atServer = (real: number): number => standing ?? real + ahead;

export const serverNow = (): number => atServer(Date.now());
