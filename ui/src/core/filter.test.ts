import { describe, expect, it } from 'vitest';
import { makeJob } from '../testing/jobs';
import {
  filterFromParameters,
  filterFromQuery,
  matches,
  NO_FILTER,
  parametersFromFilter,
  queryFromFilter,
} from './filter';

describe('a filter', () => {
  it('goes to the address and back', () => {
    const parameters = {
      status: 'failed,retrying',
      type: 'a b&c',
      queue: 'payments',
      tag: 'batch:b-7,nightly',
    };
    expect(parametersFromFilter(filterFromParameters(parameters))).toEqual(parameters);
    const texts = { q: 'a%b', error: 'ETIMEDOUT', created_after: '2026-11-12T13:44:00.000Z' };
    expect(parametersFromFilter(filterFromParameters(texts))).toEqual(texts);
  });
  it('keeps a tag with a comma whole', () => {
    const filter = { ...NO_FILTER, tags: ['a,b', '100%', 'c'] };
    expect(filterFromParameters(parametersFromFilter(filter))).toEqual(filter);
    expect(filterFromQuery(queryFromFilter(filter))).toEqual(filter);
  });
  it('drops statuses that do not exist', () => {
    expect(filterFromParameters({ status: 'failed,wrong' }).status).toEqual(['FAILED']);
  });
  it('becomes the query of the list', () => {
    const filter = { ...NO_FILTER, status: ['FAILED' as const], type: 'x y', tags: ['a', 'b'], error: 'no' };
    expect(queryFromFilter(filter)).toBe('status=FAILED&type=x+y&error=no&tag=a&tag=b');
  });
  it('matches jobs', () => {
    const job = makeJob({ status: 'FAILED', queue: 'q' });
    expect(matches({ ...NO_FILTER, status: ['FAILED', 'RUNNING'], queue: 'q' }, job)).toBe(true);
    expect(matches({ ...NO_FILTER, type: 'other' }, job)).toBe(false);
  });
  it('searches as the server does: A–Z match a–z, in the type, the tags and the last error', () => {
    const error = { type: 'Refused', message: 'Connection refused by ÖBB', backtrace: [] };
    const job = makeJob({ type: 'Email.Send', tags: ['Nightly'], error });
    for (const q of ['email', 'nightLY', 'REFUSED BY', 'ÖBB'])
      expect(matches({ ...NO_FILTER, q }, job), q).toBe(true);
    expect(matches({ ...NO_FILTER, q: 'öbb' }, job)).toBe(false);
    expect(matches({ ...NO_FILTER, q: 'email', error: 'email' }, job)).toBe(false);
    expect(matches({ ...NO_FILTER, error: 'refused' }, job)).toBe(true);
    expect(matches({ ...NO_FILTER, tags: ['Nightly'] }, job)).toBe(true);
    expect(matches({ ...NO_FILTER, tags: ['Nightly', 'x'] }, job)).toBe(false);
  });
  it('takes the first instant of a span and not the last', () => {
    const job = makeJob({ created_at: '2026-11-12T13:44:00.000000Z' });
    expect(matches({ ...NO_FILTER, after: '2026-11-12T13:44:00Z' }, job)).toBe(true);
    expect(matches({ ...NO_FILTER, before: '2026-11-12T13:44:00Z' }, job)).toBe(false);
  });
});
