import { describe, expect, it } from 'vitest';
import type { Job } from '../api/types';
import { iso, makeJob, T0 } from '../testing/jobs';
import {
  deathsOverTime,
  flagsAround,
  freshnessOf,
  groupJobs,
  sortGroups,
  thrownAt,
  traitsInCommon,
} from './deadLetters';

const dead = (id: number, message: string, part: Partial<Job> = {}): Job =>
  makeJob({
    id,
    status: 'FAILED',
    error: { type: 'E', message, backtrace: [] },
    finished_at: iso(id * 1000),
    ...part,
  });
const jobs = [dead(1, 'row 1'), dead(2, 'disk full', { queue: 'b' }), dead(3, 'row 77', { queue: 'c' })];

it('flags are those of their queues and policies, of the rules and of lost workers', () => {
  const flag = (seq: number, type: string, of: string) => ({ seq, type, of, time: T0 + seq, text: '' });
  const flags = [
    flag(1, 'QueuePaused', 'b'),
    flag(2, 'QueuePaused', 'other'),
    flag(3, 'WorkerLost', 'w-1'),
    flag(4, 'WorkerSeen', 'w-1'),
    flag(5, 'PolicySet', 'gentle'),
    flag(6, 'PolicySet', 'steady'),
    flag(7, 'RulesSet', ''),
    flag(90, 'QueueLimited', 'b'),
  ];
  const retry = { ...makeJob().retry, name: 'gentle@2' };
  const around = flagsAround(flags, [dead(1, 'x', { queue: 'b', retry }), dead(2, 'x')], {
    from: T0,
    to: T0 + 50,
  });
  expect(around.map(({ seq }) => seq)).toEqual([1, 3, 5, 7]);
});

describe('groups of dead letters', () => {
  it('have one signature, their queues and when it began and was seen last', () => {
    const [rows, disk] = groupJobs(jobs);
    expect(rows).toMatchObject({ queues: ['default', 'c'], first: iso(1000), last: iso(3000) });
    expect(rows?.jobs.map((job) => job.id)).toEqual([1, 3]);
    expect(disk?.signature.pieces).toEqual(['disk full']);
  });
  it('take the message of a job that has no error object', () => {
    const [group] = groupJobs([makeJob({ last_error: 'gone 5 times', finished_at: iso(0) })]);
    expect(group?.signature).toMatchObject({ type: 'Error', pieces: ['gone ', 'n', ' times'] });
  });
  it('are sorted, and keep a held order with new ones at the end', () => {
    const groups = groupJobs(jobs);
    const names = (list: typeof groups): string[] => list.map((group) => group.signature.pieces[0] ?? '');
    expect(names(sortGroups(groups, 'count', []))).toEqual(['row ', 'disk full']);
    expect(names(sortGroups(groups, 'first', []))).toEqual(['disk full', 'row ']);
    expect(names(sortGroups(groups, 'count', [groups[1]?.id ?? '']))).toEqual(['disk full', 'row ']);
  });
});

describe('a group is', () => {
  const HOUR = 3_600_000;
  const at = (...hours: number[]) =>
    groupJobs(hours.map((ago, i) => dead(i, 'row 1', { finished_at: iso(-ago * HOUR) })))[0] as ReturnType<
      typeof groupJobs
    >[number];
  const of = (group: ReturnType<typeof at>, oldest: number) => freshnessOf(group, T0 - oldest * HOUR, T0);
  it('new when it came within the hour, and others are older', () => {
    expect([of(at(0.5, 0.1), 9), of(at(0.5, 0.1), 0.5), of(at(2, 0.1), 9)]).toEqual(['new', null, null]);
  });
  it('back again when it was silent for long', () => {
    expect([of(at(20, 9, 0.2), 20), of(at(20, 9), 20)]).toEqual(['back', null]);
  });
  it('before another one when it grew more lately', () => {
    const grown = [dead(1, 'old'), dead(2, 'old'), dead(3, 'old'), dead(9000, 'late'), dead(9001, 'late')];
    const first = sortGroups(groupJobs(grown), 'growth', [])[0];
    expect(first?.signature.pieces[0]).toBe('late');
  });
});

it('deaths are counted by parts of the time, its end included', () => {
  expect(deathsOverTime(jobs, T0 + 1000, T0 + 3000, 2)).toEqual([1, 2]);
});

it('most errors were thrown at one line of the stack, or at none that stands out', () => {
  const thrown = (...backtrace: string[]) => dead(1, 'x', { error: { type: 'E', message: 'x', backtrace } });
  expect(thrownAt([thrown('a.cpp:1', 'main'), thrown(' a.cpp:1'), thrown('b.cpp:2'), thrown()])).toEqual({
    text: 'a.cpp:1',
    share: 2 / 3,
  });
  expect([thrownAt([thrown()]), thrownAt([thrown('a'), thrown('b'), thrown('c')])]).toEqual([null, null]);
});

describe('what jobs have in common', () => {
  it('is what sets the group apart first, and leaves out what few share', () => {
    const group = [1, 2, 3, 4].map((id) =>
      dead(id, 'x', { payload: { region: 'eu', order: id, nested: {} }, type: 'a' }),
    );
    const others = [5, 6, 7, 8].map((id) => dead(id, 'y', { payload: { region: 'us' }, type: 'a' }));
    const traits = traitsInCommon(group, [...group, ...others]);
    expect(traits[0]).toEqual({ field: 'payload.region', value: 'eu', share: 1, elsewhere: 0.5 });
    expect(traits.map((trait) => trait.field)).toEqual(['payload.region', 'type', 'queue']);
  });
  it('is nothing for one job', () => expect(traitsInCommon(jobs.slice(0, 1), jobs)).toEqual([]));
});
