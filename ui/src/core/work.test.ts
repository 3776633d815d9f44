import { describe, expect, it } from 'vitest';
import type { JobEvent, JsonObject } from '../api/types';
import { makeJob } from '../testing/jobs';
import { batchOf, progressOf } from './work';

const event = (type: string, data: JsonObject = {}): JobEvent => ({
  seq: 1,
  job: 17,
  version: 1,
  generation: 1,
  type,
  at: '2026-11-23T15:00:00Z',
  data,
});

describe('work', () => {
  it('keeps what was told last of each field', () => {
    const told = [
      event('Attempted'),
      event('Progressed', { percent: 10, text: 'page 1' }),
      event('Progressed', { percent: 40, text: null }),
    ];
    expect(progressOf(told)).toEqual({ percent: 40, text: 'page 1' });
    expect(progressOf([...told, event('Attempted')])).toBeNull();
    expect(progressOf([event('Progressed', { percent: null, text: 'soon' })])).toEqual({
      percent: null,
      text: 'soon',
    });
  });

  it('finds the batch among the tags', () => {
    expect(batchOf(makeJob({ tags: ['nightly', 'batch:b-7'] }))).toBe('b-7');
    expect(batchOf(makeJob({ tags: ['nightly'] }))).toBeNull();
  });
});
