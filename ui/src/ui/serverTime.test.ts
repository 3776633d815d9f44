import { afterEach, expect, it } from 'vitest';
import { atServer, setServerTime } from './serverTime';

const NOON = Date.parse('2026-11-23T12:00:00Z');
const read = (kind: 'real' | 'manual', now: number, took = 100): void =>
  setServerTime({ kind, now, askedAt: NOON - took / 2, gotAt: NOON + took / 2 });

afterEach(() => read('real', NOON));

it('a real clock is the one of the browser, but for what they differ', () => {
  read('real', NOON + 1500);
  expect(atServer(NOON + 7)).toBe(NOON + 7);
  read('real', NOON - 3_600_000);
  expect(atServer(NOON + 7)).toBe(NOON - 3_600_000 + 7);
  read('real', NOON + 30);
  expect(atServer(NOON + 7)).toBe(NOON + 7);
});

it('a clock that is moved by hand stands still until it is moved', () => {
  const spring = Date.parse('2026-03-02T09:00:00Z');
  read('manual', spring);
  expect([atServer(NOON), atServer(NOON + 60_000)]).toEqual([spring, spring]);
  read('manual', spring + 86_400_000);
  expect(atServer(NOON + 60_000)).toBe(spring + 86_400_000);
});
