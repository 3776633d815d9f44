import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client';
import type { State } from '../api/past';
import { type Moment, momentText } from '../core/moment';
import { FakeEnvironment } from '../testing/environment';
import { ASK_MS, Playhead, STALE_MS } from './playhead';

interface Asked {
  at: string | undefined;
  signal: AbortSignal;
  answer(): Promise<void>;
  refuse(error: Error): Promise<void>;
}

function make() {
  const environment = new FakeEnvironment();
  const asked: Asked[] = [];
  const fetchState = (moment: Moment, signal: AbortSignal): Promise<State> =>
    new Promise((resolve, reject) => {
      const at = momentText(moment);
      asked.push({
        at,
        signal,
        answer: async () => resolve({ seq: Number(at ?? 99) } as State),
        refuse: async (error) => reject(error),
      });
    });
  return { environment, asked, playhead: new Playhead(environment, fetchState) };
}

const seq = (n: number): Moment => ({ kind: 'seq', seq: n });
const at = (asked: readonly Asked[], i: number): Asked => {
  const found = asked.at(i);
  if (!found) throw new Error('nothing was asked');
  return found;
};

describe('a playhead on the move', () => {
  it('asks at once, then at most so often, and never leaves the last place out', () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(1), true);
    for (let n = 2; n <= 9; n++) {
      environment.pass(10);
      playhead.seek(seq(n), true);
    }
    expect(asked.map((each) => each.at)).toEqual(['1', '8']);
    playhead.seek(seq(10), true);
    environment.pass(ASK_MS);
    expect(asked.map((each) => each.at)).toEqual(['1', '8', '10']);
  });
  it('asks at once when it is let go', () => {
    const { asked, playhead } = make();
    playhead.seek(seq(1), true);
    playhead.seek(seq(2), true);
    playhead.seek(seq(3));
    expect(asked.map((each) => each.at)).toEqual(['1', '3']);
  });
  it('takes back what it asked before, and does not show it when it comes all the same', async () => {
    const { asked, playhead } = make();
    playhead.seek(seq(1));
    playhead.seek(seq(2));
    expect(at(asked, 0).signal.aborted).toBe(true);
    await at(asked, 0).answer();
    expect(playhead.getView().state).toBeNull();
    await at(asked, 1).answer();
    expect(playhead.getView().state?.seq).toBe(2);
  });
});

describe('what is shown of another moment', () => {
  it('is marked after a while, and no longer when the right one is there', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(1));
    await at(asked, 0).answer();
    playhead.seek(seq(2));
    environment.pass(STALE_MS - 1);
    expect(playhead.getView().isStale).toBe(false);
    environment.pass(1);
    expect(playhead.getView()).toMatchObject({ isStale: true, state: { seq: 1 } });
    await at(asked, 1).answer();
    expect(playhead.getView()).toMatchObject({ isStale: false, state: { seq: 2 } });
  });
  it('is not marked when the answer is quick', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(1));
    await at(asked, 0).answer();
    environment.pass(STALE_MS * 2);
    expect(playhead.getView().isStale).toBe(false);
  });
});

describe('a past that is not there yet', () => {
  const reading = (n: number) =>
    new ApiError(503, `the past is being read, up to event ${n} so far; ask again`);
  it('says how far it is and is asked for until it is there', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(5));
    await at(asked, 0).refuse(reading(3));
    expect(playhead.getView()).toMatchObject({ reading: 3, error: null });
    environment.pass(1000);
    await at(asked, 1).answer();
    expect(playhead.getView()).toMatchObject({ reading: null, state: { seq: 5 } });
  });
  it('that fails is tried again, each time later', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(5));
    await at(asked, 0).refuse(new ApiError(0, 'The server does not answer'));
    expect(playhead.getView().retryAt).toBe(environment.time + 1000);
    environment.pass(1000);
    await at(asked, 1).refuse(new ApiError(503, 'busy'));
    expect(playhead.getView().retryAt).toBe(environment.time + 2000);
  });
  it('that the server is too busy for is asked for again when it wants it', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(5));
    await at(asked, 0).refuse(new ApiError(429, 'busy', [], 7000));
    expect(playhead.getView().retryAt).toBe(environment.time + 7000);
    environment.pass(7000);
    expect(asked).toHaveLength(2);
  });
  it('that never was is not asked for again', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(5));
    await at(asked, 0).refuse(new ApiError(422, 'at is beyond the newest event, 3'));
    environment.pass(60_000);
    expect(asked).toHaveLength(1);
    expect(playhead.getView().error?.status).toBe(422);
  });
  it('is left alone when the page is', async () => {
    const { environment, asked, playhead } = make();
    playhead.seek(seq(5));
    await at(asked, 0).refuse(reading(3));
    playhead.stop();
    environment.pass(60_000);
    expect(asked).toHaveLength(1);
  });
});
