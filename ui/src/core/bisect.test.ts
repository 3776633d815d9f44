import { describe, expect, it } from 'vitest';
import { NEAR, seqBefore } from './bisect';

/** A log with an event a second, of which some seqs may be missing. */
function makeLog(newest: number, isMissing: (seq: number) => boolean = () => false) {
  const asked: number[] = [];
  const after = async (seq: number) => {
    asked.push(seq);
    for (let next = seq + 1; next <= newest; next++)
      if (!isMissing(next)) return { seq: next, time: next * 1000 };
    return null;
  };
  return { asked, after };
}

describe('the place of a time in the log', () => {
  it.each([0, 1, 4321, 500_000, 999_999, 2_000_000])('is found at second %d', async (second) => {
    const { asked, after } = makeLog(1_000_000);
    const seq = await seqBefore(second * 1000, 1_000_000, after);
    const first = Math.min(second, 1_000_001);
    expect(seq).toBeLessThan(Math.max(first, 1));
    expect(first - seq).toBeLessThanOrEqual(NEAR + 1);
    expect(asked.length).toBeLessThan(12);
  });
  it('is found where a part has left the log', async () => {
    const { after } = makeLog(10_000, (seq) => seq < 6000);
    const seq = await seqBefore(7_000_000, 10_000, after);
    expect(seq).toBeLessThan(7000);
    expect(7000 - seq).toBeLessThanOrEqual(NEAR + 1);
  });
  it('needs no question in a short log', async () => {
    const { asked, after } = makeLog(500);
    expect(await seqBefore(250_000, 500, after)).toBe(0);
    expect(asked).toEqual([]);
  });
});
