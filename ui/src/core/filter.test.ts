import { describe, expect, it } from 'vitest';
import { makeJob } from '../testing/jobs';
import {
  addToken,
  filterFromParameters,
  matches,
  NO_FILTER,
  parametersFromFilter,
  queryFromFilter,
} from './filter';

describe('a filter', () => {
  it('goes to the address and back', () => {
    const parameters = { status: 'failed,retrying', type: 'a b&c', queue: 'payments' };
    expect(parametersFromFilter(filterFromParameters(parameters))).toEqual(parameters);
  });
  it('drops statuses that do not exist', () => {
    expect(filterFromParameters({ status: 'failed,wrong' }).status).toEqual(['FAILED']);
  });
  it('becomes the query of the list', () => {
    const filter = { status: ['FAILED' as const], type: 'x y', queue: null };
    expect(queryFromFilter(filter)).toBe('status=FAILED&type=x+y');
  });
  it('matches jobs', () => {
    const job = makeJob({ status: 'FAILED', queue: 'q' });
    expect(matches({ ...NO_FILTER, status: ['FAILED', 'RUNNING'], queue: 'q' }, job)).toBe(true);
    expect(matches({ ...NO_FILTER, type: 'other' }, job)).toBe(false);
  });
});

describe('a typed token', () => {
  it('narrows by type, queue or status', () => {
    expect(addToken(NO_FILTER, 'type:email.send')).toMatchObject({ filter: { type: 'email.send' } });
    expect(addToken(NO_FILTER, 'status:failed,running')).toMatchObject({
      filter: { status: ['FAILED', 'RUNNING'] },
    });
    expect(addToken(NO_FILTER, 'queue:"my queue"')).toMatchObject({ filter: { queue: 'my queue' } });
  });
  it('opens a job for a bare number, with or without separators', () => {
    expect(addToken(NO_FILTER, '16,078,643')).toEqual({ kind: 'job', id: 16_078_643 });
  });
  it('says what is wrong', () => {
    expect(addToken(NO_FILTER, 'status:broken').kind).toBe('fault');
    expect(addToken(NO_FILTER, 'whatever').kind).toBe('fault');
  });
});
