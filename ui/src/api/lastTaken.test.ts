import { describe, expect, it } from 'vitest';
import { iso } from '../testing/jobs';
import type { LogQuery, readLog } from './eventLog';
import { lastTaken } from './lastTaken';
import type { JobEvent } from './types';

const SCAN = 50_000;
let reads = 0;

/** As the server reads: so many events for one answer, and those of one job at once. */
const reader =
  (log: readonly JobEvent[], newest: number): typeof readLog =>
  async ({ after, limit, types, job }: LogQuery) => {
    reads++;
    const to = job == null ? Math.min(newest, after + SCAN) : newest;
    const found = log
      .filter((each) => each.seq > after && each.seq <= to && (!types || types.includes(each.type)))
      .filter((each) => job == null || each.job === job)
      .slice(0, limit);
    const scannedTo = found.length === limit ? (found.at(-1)?.seq ?? to) : to;
    return { events: found.map((value) => ({ value, text: '' })), scannedTo };
  };

const event = (seq: number, type: string, job: number): JobEvent => ({
  seq,
  type,
  job,
  version: 1,
  generation: 1,
  at: iso(seq),
  data: {},
});
const last = (newest: number, ...log: JobEvent[]) => lastTaken(newest, undefined, reader(log, newest));

describe('the last dead letter', () => {
  it('was redriven, unless it had ended otherwise', async () => {
    const dead = [event(10, 'DeadLettered', 1), event(20, 'Requeued', 1)];
    const fine = [event(30, 'Succeeded', 2), event(40, 'Requeued', 2)];
    expect(await last(50, ...dead, ...fine)).toEqual({ how: 'redriven', at: iso(20), seq: 20 });
    expect(await last(50, ...fine)).toBeNull();
  });
  it('was discarded, where that came later', async () => {
    const log = [
      event(10, 'DeadLettered', 1),
      event(20, 'Requeued', 1),
      event(25, 'DeadLettered', 2),
      event(30, 'Discarded', 2),
    ];
    expect(await last(40, ...log)).toMatchObject({ how: 'discarded', seq: 30 });
    expect(await last(29, ...log)).toMatchObject({ how: 'redriven', seq: 20 });
  });
  it('is looked for in the newest part of the log only, with few reads', async () => {
    const log = [event(10, 'DeadLettered', 1), event(20, 'Discarded', 1)];
    reads = 0;
    expect(await last(150_000, ...log)).toMatchObject({ how: 'discarded' });
    expect(await last(1_000_000, ...log)).toBeNull();
    expect(reads).toBeLessThan(20);
  });
  it('is not told of a log that is full of such events', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => event(i + 1, 'Requeued', i));
    expect(await last(40_000, ...many)).toBeNull();
    const others = many.map((each) => ({ ...each, type: 'Discarded' }));
    expect(await last(40_001, ...others, event(40_001, 'Requeued', 7))).toBeNull();
  });
});
