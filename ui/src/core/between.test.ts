import { describe, expect, it } from 'vitest';
import type { JobEvent, JsonObject } from '../api/types';
import { iso, makeEvent, T0 } from '../testing/jobs';
import { between, keptFrom } from './between';

const at = (seq: number, type: string, data: JsonObject = {}, job = 7): JobEvent => ({
  ...makeEvent(type, seq * 1000, data),
  at: iso(seq * 1000),
  seq,
  job,
});

describe('what happened between two moments', () => {
  it('counts attempts, dead letters, and the first tries that both began and ended there', () =>
    expect(
      between([
        at(1, 'Succeeded', { fence: 0 }),
        at(2, 'Attempted', { attempt: 1 }),
        at(3, 'Attempted', { attempt: 1 }),
        at(4, 'Failed', { fence: 2 }),
        at(5, 'Succeeded', { fence: 3 }),
        at(6, 'Attempted', { attempt: 2 }),
        at(7, 'Succeeded', { fence: 6 }),
        at(8, 'Attempted', { attempt: 1 }),
        at(9, 'DeadLettered'),
      ]),
    ).toEqual({ attempts: 4, firstSucceeded: 1, firstEnded: 2, deadLetters: 1 }));
});

describe('where the jobs of a log begin', () => {
  const started = at(1, 'ServerStarted', {}, 0);
  it('is behind a gap where older ones have left it', () =>
    expect(keptFrom([started, at(2, 'WorkerSeen', {}, 0), at(9, 'Created')])).toEqual({
      began: T0 + 1000,
      from: T0 + 9000,
    }));
  it('is not told where nothing is missing, or no job is among the first events', () =>
    expect([
      keptFrom([started, at(2, 'Created'), at(9, 'Created')]),
      keptFrom([started, at(9, 'Purged', {}, 0)]),
      keptFrom([]),
    ]).toEqual([null, null, null]));
});
