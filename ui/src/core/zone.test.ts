import { describe, expect, it } from 'vitest';
import { timeTicks } from './axis';
import { NO_FILTER } from './filter';
import { addToken } from './filterText';
import { clock, clockOrDate, date, exactDate, timeForms, timesIn } from './time';
import { instantOf, knownZone, offsetAt, offsetWords, UTC, zoneWords } from './zone';
import { findZones, zonesAt } from './zoneSearch';

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const WINTER = at('2026-01-15T12:00:00Z');
const SUMMER = at('2026-07-15T12:00:00Z');

describe('a zone', () => {
  it('is what the browser knows, in its spelling', () => {
    expect(knownZone('utc')).toBe('UTC');
    expect(knownZone('europe/berlin')).toBe('Europe/Berlin');
    for (const name of ['', 'local', 'Mars/Olympus', '+05:30', 'x'.repeat(300)])
      expect(knownZone(name)).toBeNull();
  });
  it('has the offset of the instant, not of today', () => {
    expect(offsetAt(WINTER, 'Europe/Berlin')).toBe(HOUR);
    expect(offsetAt(SUMMER, 'Europe/Berlin')).toBe(2 * HOUR);
    expect(offsetAt(at('2026-03-29T00:59:59.999Z'), 'Europe/Berlin')).toBe(HOUR);
    expect(offsetAt(at('2026-03-29T01:00:00.000Z'), 'Europe/Berlin')).toBe(2 * HOUR);
    expect(offsetAt(WINTER, UTC)).toBe(0);
    expect(offsetAt(Number.NaN, 'Europe/Berlin')).toBe(0);
  });
  it.each([
    ['Asia/Kathmandu', 'UTC+5:45'],
    ['America/St_Johns', 'UTC−3:30'],
    ['America/Sao_Paulo', 'UTC−3'],
    ['Africa/Abidjan', 'UTC+0'],
    ['Pacific/Kiritimati', 'UTC+14'],
  ])('%s is at %s', (zone, words) => expect(offsetWords(WINTER, zone)).toBe(words));
  it('is read with spaces', () => expect(zoneWords('America/Port_of_Spain')).toBe('America/Port of Spain'));
});

describe('times in a zone', () => {
  it('have the clock and the day of the zone, before 1970 too', () => {
    const late = at('2026-11-23T20:30:00.250Z');
    expect(clock(late, 'Asia/Kathmandu', 3)).toBe('02:15:00.250');
    expect(date(late, 'Asia/Kathmandu', late)).toBe('24 Nov 02:15');
    expect(clockOrDate(late, 'Asia/Kathmandu', at('2026-11-23T17:00:00Z'))).toBe('24 Nov 02:15');
    expect(clockOrDate(late, UTC, at('2026-11-23T17:00:00Z'))).toBe('20:30:00');
    expect(clock(at('1969-12-31T23:59:59.500Z'), 'America/New_York', 1)).toBe('18:59:59.5');
  });
  it('belong to the year of the zone', () => {
    const now = at('2026-12-31T20:00:00Z');
    expect(date(now, 'Asia/Kathmandu', now)).toBe('1 Jan 01:45');
    expect(date(now - 24 * HOUR, 'Asia/Kathmandu', now)).toBe('31 Dec 2026 01:45');
  });
  it('are exact where that is needed', () => {
    expect(exactDate(at('2026-11-23T15:00:00Z'), UTC, WINTER)).toBe('23 Nov 15:00');
    expect(exactDate(at('2026-11-23T15:00:07.250Z'), UTC, WINTER)).toBe('23 Nov 15:00:07.250');
  });
  it('within a sentence are found', () => {
    const text = 'due at 2026-11-23T20:30:07.441250Z, not 2026-11-22T10:00:00Z';
    const now = at('2026-11-23T19:00:00Z');
    expect(timesIn(text, 'Asia/Kathmandu', now)).toBe('due at 02:15:07, not 22 Nov 15:45:00');
    expect(timesIn('none at all', UTC, now)).toBe('none at all');
  });
  it('come in every form to take along', () => {
    expect(timeForms(at('2026-11-23T15:00:00.123Z'), 'Asia/Ho_Chi_Minh', '4711')).toEqual([
      { label: 'Asia/Ho Chi Minh', text: '23 Nov 2026 22:00:00.123 UTC+7' },
      { label: 'ISO 8601', text: '2026-11-23T15:00:00.123Z' },
      { label: 'Epoch, ms', text: '1795446000123' },
      { label: 'Seq', text: '4711' },
    ]);
    expect(timeForms(WINTER, UTC).map(({ text }) => text)).toEqual([
      '15 Jan 2026 12:00:00.000 UTC',
      '2026-01-15T12:00:00.000Z',
      String(WINTER),
    ]);
  });
});

describe('a typed time', () => {
  const typed = (text: string, zone: string): string =>
    new Date(instantOf(at(`${text}Z`), zone)).toISOString();
  it('is one of the zone', () => {
    expect(typed('2026-07-01T08:00', 'Europe/Berlin')).toBe('2026-07-01T06:00:00.000Z');
    expect(typed('2026-07-01T08:00', 'America/New_York')).toBe('2026-07-01T12:00:00.000Z');
    expect(typed('2026-07-01T08:00', UTC)).toBe('2026-07-01T08:00:00.000Z');
  });
  it('that comes twice is the first, and one that is left out is later by the jump', () => {
    expect(typed('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(typed('2026-10-25T01:59', 'Europe/Berlin')).toBe('2026-10-24T23:59:00.000Z');
    expect(typed('2026-10-25T03:00', 'Europe/Berlin')).toBe('2026-10-25T02:00:00.000Z');
    expect(typed('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(typed('2026-03-29T03:00', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z');
  });
  it('comes back as it was typed, at every hour of a year', () => {
    for (const zone of ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']) {
      for (let instant = at('2026-01-01T00:00Z'); instant < at('2027-01-01T00:00Z'); instant += HOUR) {
        const wall = instant + offsetAt(instant, zone);
        const back = instantOf(wall, zone);
        expect(back + offsetAt(back, zone)).toBe(wall);
        expect(back).toBeLessThanOrEqual(instant);
      }
    }
  });
  it('of a filter is one too, unless it says its offset', () => {
    const since = (text: string) => addToken(NO_FILTER, `after:${text}`, WINTER, 'Asia/Kathmandu');
    expect(since('2026-11-24')).toMatchObject({ filter: { after: '2026-11-23T18:15:00.000Z' } });
    expect(since('2026-11-24T10:15')).toMatchObject({ filter: { after: '2026-11-24T04:30:00.000Z' } });
    expect(since('2026-11-24T10:15:30Z')).toMatchObject({ filter: { after: '2026-11-24T10:15:30.000Z' } });
    expect(since('2026-11-24T10:15+01:00')).toMatchObject({ filter: { after: '2026-11-24T09:15:00.000Z' } });
    expect(since('2026-13-24')).toMatchObject({ kind: 'fault' });
    expect(since('2026-11-24Z')).toMatchObject({ kind: 'fault' });
  });
});

describe('an axis of time', () => {
  const texts = (from: string, to: string, zone: string): string[] =>
    timeTicks(at(from), at(to), zone, 8).map(({ text }) => text);
  it('has round times of the zone', () =>
    expect(texts('2026-11-23T10:00:00Z', '2026-11-23T16:00:00Z', 'Asia/Kathmandu')).toEqual([
      '16:00',
      '17:00',
      '18:00',
      '19:00',
      '20:00',
      '21:00',
      'now',
    ]));
  it('begins each day at midnight, also when the clocks are put back within it', () =>
    expect(texts('2026-10-22T10:00:00Z', '2026-10-28T10:00:00Z', 'Europe/Berlin')).toEqual([
      '23 Oct',
      '24 Oct',
      '25 Oct',
      '26 Oct',
      '27 Oct',
      'now',
    ]));
});

describe('the search for a zone', () => {
  const zones = zonesAt(WINTER);
  const found = (typed: string): string[] => findZones(typed, zones).map(({ zone }) => zone);
  it('lists all that the browser knows, UTC aside', () => {
    expect(zones.length).toBeGreaterThan(300);
    expect(found('')).toHaveLength(zones.length);
    expect(found('utc')).toEqual([]);
  });
  it('takes the beginnings of words, in any order and case', () => {
    expect(found('New y')).toEqual(['America/New_York']);
    expect(found('york new')).toEqual(['America/New_York']);
    expect(found('europe/ber')).toEqual(['Europe/Berlin']);
    expect(found('erlin')).toEqual([]);
  });
  it('takes offsets as they are written, with either minus', () => {
    expect(found('utc+5:45')).toEqual([knownZone('Asia/Kathmandu')]);
    expect(found('+05:45')).toEqual(found('+5:45'));
    expect(found('−3')).toContain('America/Sao_Paulo');
    expect(found('-3')).toEqual(found('UTC −03:00'));
  });
  it('finds a city by the name that it has now', () => {
    expect(found('kolkata')).toEqual([knownZone('Asia/Kolkata')]);
    expect(found('ho chi minh')).toEqual([knownZone('Asia/Ho_Chi_Minh')]);
  });
});
