import { describe, expect, it } from 'vitest';
import { NO_FILTER } from './filter';
import { addToken } from './filterText';

const NOW = Date.parse('2026-11-12T14:00:00Z');
const add = (text: string, filter = NO_FILTER) => addToken(filter, text, NOW);

describe('a typed token', () => {
  it('narrows by type, queue, status, tag or error', () => {
    expect(add('type:email.send')).toMatchObject({ filter: { type: 'email.send' } });
    expect(add('status:failed,running')).toMatchObject({ filter: { status: ['FAILED', 'RUNNING'] } });
    expect(add('queue:"my queue"')).toMatchObject({ filter: { queue: 'my queue' } });
    expect(add('error:timed out')).toMatchObject({ filter: { error: 'timed out' } });
    expect(add('tag:batch:b-7', { ...NO_FILTER, tags: ['a'] })).toMatchObject({
      filter: { tags: ['a', 'batch:b-7'] },
    });
  });
  it('takes times as they are and makes spans into times', () => {
    expect(add('after:90m')).toMatchObject({ filter: { after: '2026-11-12T12:30:00.000Z' } });
    expect(add('before:2026-11-12')).toMatchObject({ filter: { before: '2026-11-12T00:00:00.000Z' } });
    expect(add('after:2026-11-12T13:44:07+01:00')).toMatchObject({
      filter: { after: '2026-11-12T12:44:07.000Z' },
    });
    expect(add('after:yesterday')).toEqual({
      kind: 'fault',
      message: 'after: takes 15m, 2h, 3d, a date or a time',
    });
  });
  it('opens a job for a bare number, with or without separators', () => {
    expect(add('16,078,643')).toEqual({ kind: 'job', id: 16_078_643 });
  });
  it('searches for any other text', () => {
    expect(add('connection refused')).toMatchObject({ filter: { q: 'connection refused' } });
    expect(add('http://example.org')).toMatchObject({ filter: { q: 'http://example.org' } });
  });
  it('says what is wrong', () => {
    expect(add('status:broken')).toEqual({ kind: 'fault', message: 'There is no status “broken”' });
    expect(add('tag:')).toEqual({ kind: 'fault', message: 'Say which after tag:' });
  });
});
