import { describe, expect, it, vi } from 'vitest';
import type { LogPage, LogQuery } from '../api/eventLog';
import { makeEvent } from '../testing/jobs';
import { exportLog, exportSpan } from './logExport';

/** A log of so many events, read so many at a time. */
const logOf = (size: number, most: number) =>
  vi.fn(async ({ after, limit }: LogQuery): Promise<LogPage> => {
    const n = Math.max(0, Math.min(limit, most, size - after));
    const events = Array.from({ length: n }, (_, i) => ({
      value: { ...makeEvent('Created', 0), seq: after + 1 + i },
      text: `{"seq":${after + 1 + i}}`,
    }));
    return { events, scannedTo: after + n };
  });

const wish = { from: 3, to: 7, types: [], job: null };

describe('an export', () => {
  it('has the events from one seq to another, a line each, read page by page', async () => {
    const read = logOf(50, 2);
    const told = vi.fn();
    const { lines, isCut } = await exportLog(wish, read, told);
    expect(lines).toEqual([3, 4, 5, 6, 7].map((seq) => `{"seq":${seq}}\n`));
    expect(isCut).toBe(false);
    expect(told.mock.calls).toEqual([[4], [6]]);
    expect(read.mock.calls[0]?.[0]).toEqual({ after: 2, limit: 1000, types: [], job: null });
  });
  it('ends where the log does', async () => {
    const { lines } = await exportLog({ ...wish, to: 900 }, logOf(4, 100), () => {});
    expect(lines).toHaveLength(2);
  });
  it('is cut where the file is full', async () => {
    const { lines, isCut } = await exportLog(
      { ...wish, from: 1, to: 200_000 },
      logOf(200_000, 1000),
      () => {},
    );
    expect([lines.length, isCut]).toEqual([100_000, true]);
  });
});

describe('what is exported', () => {
  it('is typed as two numbers', () =>
    expect(exportSpan(' 1,200 ', '1300')).toEqual({ from: 1200, to: 1300 }));
  it.each([
    ['0', 'x', { from: 'The seq of an event, from 1 on', to: 'The seq of an event, from 1 on' }],
    ['9', '3', { to: 'Before the first one' }],
  ])('from %s to %s is refused, field by field', (from, to, faults) =>
    expect(exportSpan(from, to)).toEqual({ faults }),
  );
});
