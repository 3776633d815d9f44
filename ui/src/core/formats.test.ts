import { describe, expect, it } from 'vitest';
import { T0 } from '../testing/jobs';
import { bytes, count, percent, plural, rate, shortCount } from './numbers';
import { clock, clockOrDate, coarse, date, duration, millis, relative, ticking } from './time';

describe('durations', () => {
  it.each([
    [38, '38 ms'],
    [999.4, '999 ms'],
    [1200, '1.20 s'],
    [16_400, '16.40 s'],
    [59_994, '59.99 s'],
    [59_999, '1 m 00 s'],
    [161_000, '2 m 41 s'],
    [11_100_000, '3 h 05 m'],
    [187_200_000, '2 d 4 h'],
  ])('%d ms reads %s', (ms, words) => expect(duration(ms)).toBe(words));

  it('counts down in tenths and up in whole seconds', () => {
    expect(ticking(3849)).toBe('3.8 s');
    expect(ticking(64_000)).toBe('1 m 04 s');
    expect(coarse(41_200)).toBe('41 s');
    expect(ticking(-5)).toBe('0.0 s');
  });
});

describe('times', () => {
  it('keeps microseconds', () => expect(millis('2026-11-23T15:00:00.123456Z')).toBeCloseTo(T0 + 123.456, 3));
  it('is relative up to a day, then a date, with the year when it differs', () => {
    expect(relative(T0 + 3800, T0, 'UTC')).toBe('in 3.8 s');
    expect(relative(T0 - 41_000, T0, 'UTC')).toBe('41 s ago');
    expect(relative(T0 - 200, T0, 'UTC')).toBe('just now');
    expect(relative(T0 - 11 * 86_400_000, T0, 'UTC')).toBe('12 Nov 15:00');
    expect(date(Date.parse('2025-01-02T03:04:00Z'), 'UTC', T0)).toBe('2 Jan 2025 03:04');
  });
  it('shows the clock for today and the date for other days', () => {
    expect(clock(T0 + 14, 'UTC', 3)).toBe('15:00:00.014');
    expect(clockOrDate(T0, 'UTC', T0 + 1000)).toBe('15:00:00');
    expect(clockOrDate(T0 - 86_400_000, 'UTC', T0)).toBe('22 Nov 15:00');
  });
});

describe('numbers', () => {
  it('never rounds up to 100 %', () => {
    expect(percent(0.99996)).toBe('99.99 %');
    expect(percent(0.9841)).toBe('98.4 %');
    expect(percent(1)).toBe('100 %');
  });
  it('writes counts, rates and bytes', () => {
    expect(count(16_084_212)).toBe('16,084,212');
    expect(shortCount(16_084_212)).toBe('16.1M');
    expect(rate(186.42)).toBe('186.4/s');
    expect(bytes(214)).toBe('214 B');
    expect(bytes(1_230_000)).toBe('1.2 MB');
    expect(plural(1, 'new job')).toBe('1 new job');
    expect(plural(37, 'new job')).toBe('37 new jobs');
  });
});
