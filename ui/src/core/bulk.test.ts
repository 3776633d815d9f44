import { describe, expect, it } from 'vitest';
import { affectedWords, bulkLabel, ongoingWords, shareOf, skippedWords } from './bulk';

const mixed = { RETRYING: 284, RUNNING: 2, QUEUED: 1 };

describe('an action on many jobs', () => {
  it('says how many of how many it fits', () => {
    expect(bulkLabel('retry', shareOf('retry', mixed))).toBe('Retry 284 of 287');
    expect(bulkLabel('cancel', shareOf('cancel', mixed))).toBe('Cancel');
    expect(bulkLabel('retry', shareOf('retry', { FAILED: 3 }))).toBe('Retry now');
  });
  it('is refused with a reason when it fits none', () => {
    expect(shareOf('discard', mixed)).toEqual({
      fitting: 0,
      total: 287,
      refusal: 'Discard needs Failed jobs',
    });
    expect(shareOf('retry', { RUNNING: 1 }).refusal).toMatch(/^Retry needs/);
    expect(shareOf('discard', { ...mixed, FAILED: 1 }).refusal).toBeNull();
  });
  it('names what it does not touch', () => {
    expect(affectedWords('retry', { ...mixed, FAILED: 1700 })).toBe('284 Retrying, 1,700 Failed');
    expect(skippedWords('retry', mixed)).toBe('1 Queued and 2 Running jobs are left alone');
    expect(skippedWords('dead-letter', { RUNNING: 1, QUEUED: 4 })).toBe('1 Running job is left alone');
    expect(skippedWords('cancel', mixed)).toBeNull();
  });
  it('says so while it goes on', () =>
    expect(ongoingWords('dead-letter', 1200, true)).toBe('Dead-lettering about 1,200 jobs'));
});
