import { describe, expect, it } from 'vitest';
import {
  agoWords,
  isSame,
  LIVE,
  linkToMoment,
  momentClock,
  momentFrom,
  momentText,
  momentWords,
  reachedFrom,
} from './moment';

const NOW = Date.parse('2026-11-23T14:06:58.000Z');

describe('a moment in the address', () => {
  it.each([
    [undefined, LIVE],
    ['1907', { kind: 'seq', seq: 1907 }],
    ['2026-11-23T13:44:07.312Z', { kind: 'time', time: Date.parse('2026-11-23T13:44:07.312Z') }],
    ['2026-11-23T13:44:07Z', { kind: 'time', time: Date.parse('2026-11-23T13:44:07Z') }],
    ['yesterday', LIVE],
    ['2026-11-23', LIVE],
    ['2026-13-45T99:00:00Z', LIVE],
    ['-3', LIVE],
  ])('%s', (text, moment) => expect(momentFrom(text)).toEqual(moment));
  it.each(['1907', '2026-11-23T13:44:07.312Z', undefined])('%s comes back as it was', (text) =>
    expect(momentText(momentFrom(text))).toBe(text),
  );
  it('is the same when it reads the same', () => {
    expect(isSame({ kind: 'seq', seq: 5 }, { kind: 'seq', seq: 5 })).toBe(true);
    expect(isSame({ kind: 'seq', seq: 5 }, LIVE)).toBe(false);
  });
});

it('a link to a moment keeps the rest of the address', () => {
  const link = linkToMoment('http://h/ui/jobs?status=failed,retrying&at=5', 17);
  expect(link).toBe('http://h/ui/jobs?status=failed,retrying&at=17');
});

describe('a moment in words', () => {
  it.each([
    [400, 'now'],
    [1000, '1 second ago'],
    [41_000, '41 seconds ago'],
    [22 * 60_000 + 51_000, '22 minutes ago'],
    [3 * 3_600_000, '3 hours ago'],
    [50 * 3_600_000, '2 days ago'],
  ])('%d ms', (ms, words) => expect(agoWords(ms)).toBe(words));
  it('has the day only when it was another one', () => {
    const time = Date.parse('2026-11-23T13:44:07.312Z');
    expect(momentWords(time, NOW, 'UTC')).toBe('13:44:07, 22 minutes ago');
    expect(momentClock(time, NOW, 'UTC')).toBe('13:44:07.312');
    expect(momentWords(time - 86_400_000, NOW, 'UTC')).toBe('22 Nov 13:44:07, 1 day ago');
    expect(momentClock(time - 86_400_000, NOW, 'UTC')).toBe('22 Nov 13:44:07.312');
  });
});

it('how far the past was read stands in the answer', () => {
  expect(reachedFrom('the past is being read, up to event 3000000 so far; ask again')).toBe(3_000_000);
  expect(reachedFrom('too many requests')).toBeNull();
});
