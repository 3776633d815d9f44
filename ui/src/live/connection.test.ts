import { beforeEach, describe, expect, it } from 'vitest';
import { FakeEnvironment } from '../testing/environment';
import { Connection, isCatchingUp, isOffline } from './connection';
import type { Frame } from './frames';

let environment: FakeEnvironment;
let connection: Connection;
let frames: Frame[];
let resets: number[];

beforeEach(() => {
  environment = new FakeEnvironment();
  frames = [];
  resets = [];
  connection = new Connection(environment, {
    onFrame: (frame) => frames.push(frame),
    onReset: (frame) => resets.push(frame.seq),
    onState: () => {},
  });
  connection.start();
});

const hello = (seq: number): void => {
  environment.socket.open();
  environment.socket.receive({ prev: seq, seq, hello: true });
};

describe('a connection', () => {
  it('starts at the hello and applies frames that follow', () => {
    hello(10);
    environment.socket.receive({ prev: 10, seq: 12 });
    expect(resets).toEqual([10]);
    expect(frames.map((frame) => frame.seq)).toEqual([12]);
    expect(connection.state.phase).toBe('live');
  });

  it('applies nothing before the hello', () => {
    environment.socket.open();
    environment.socket.receive({ prev: 3, seq: 4 });
    expect(frames).toEqual([]);
  });

  it('resumes once from its place when a frame is missing', () => {
    hello(10);
    environment.socket.receive({ prev: 15, seq: 16 });
    environment.socket.receive({ prev: 16, seq: 17 });
    expect(frames).toEqual([]);
    expect(environment.socket.sent.slice(1)).toEqual([{ subscribe: ['stats'], after: 10 }]);
    environment.socket.receive({ prev: 10, seq: 17 });
    environment.socket.receive({ prev: 17, seq: 18 });
    expect(frames.map((frame) => frame.seq)).toEqual([17, 18]);
  });

  it('starts anew with another subscription: what was not told before has to be fetched', () => {
    hello(10);
    connection.subscribe({ subscribe: ['jobs'], filter: { job: 7 } });
    expect(environment.socket.sent.at(-1)).toEqual({ subscribe: ['jobs'], filter: { job: 7 } });
    environment.socket.receive({ prev: 10, seq: 12 });
    expect(frames).toEqual([]);
    environment.socket.receive({ prev: 12, seq: 12, hello: true });
    environment.socket.receive({ prev: 12, seq: 13 });
    expect(resets).toEqual([10, 12]);
    expect(frames.map((frame) => frame.seq)).toEqual([13]);
    expect(environment.socket.sent).toHaveLength(2);
  });

  it('does not ask again for the same subscription', () => {
    hello(10);
    connection.subscribe({ subscribe: ['jobs'] });
    connection.subscribe({ subscribe: ['jobs'] });
    expect(environment.socket.sent).toHaveLength(2);
  });

  it('goes on from a reset, whatever came before', () => {
    hello(10);
    environment.socket.receive({ prev: 99, seq: 900, reset: ['jobs'] });
    environment.socket.receive({ prev: 900, seq: 901 });
    expect(resets).toEqual([10, 900]);
    expect(frames.map((frame) => frame.seq)).toEqual([901]);
  });

  it('resumes after a lost socket with the last seq', () => {
    hello(10);
    environment.socket.close();
    environment.pass(500);
    environment.socket.open();
    expect(environment.socket.sent).toEqual([{ subscribe: ['stats'], after: 10 }]);
    environment.socket.receive({ prev: 10, seq: 20 });
    expect(frames.map((frame) => frame.seq)).toEqual([20]);
  });

  it('waits twice as long each time, up to 15 s, times chance', () => {
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      environment.socket.close();
      waits.push((connection.state.retryAt ?? 0) - environment.time);
      environment.pass(15_000);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    environment.chance = 0.5;
    environment.socket.close();
    expect((connection.state.retryAt ?? 0) - environment.time).toBe(7500);
  });

  it('starts the waits over once it was live again, and tries at once when asked', () => {
    environment.socket.close();
    environment.pass(500);
    environment.socket.close();
    connection.retryNow();
    expect(environment.sockets).toHaveLength(3);
    hello(5);
    environment.socket.close();
    expect((connection.state.retryAt ?? 0) - environment.time).toBe(500);
  });

  it('is offline when the stream has been gone for a while', () => {
    hello(10);
    expect(isOffline(connection.state, environment.time + 60_000)).toBe(false);
    environment.socket.close();
    expect(isOffline(connection.state, environment.time + 4000)).toBe(false);
    expect(isOffline(connection.state, environment.time + 5000)).toBe(true);
  });

  const catchesUp = (lagMs = 0): boolean => isCatchingUp(connection.state, lagMs, environment.time);

  it('catches up from the new socket on until what was missed is there', () => {
    hello(10);
    environment.socket.close();
    expect(catchesUp()).toBe(false);
    environment.pass(500);
    expect(catchesUp()).toBe(false);
    environment.socket.open();
    expect(catchesUp()).toBe(true);
    environment.socket.receive({ prev: 10, seq: 20 });
    expect(catchesUp()).toBe(false);
  });

  it('catches up with nothing at first, nor when the socket is lost again', () => {
    environment.socket.open();
    expect(catchesUp()).toBe(false);
    environment.socket.receive({ prev: 10, seq: 10, hello: true });
    environment.socket.close();
    environment.pass(500);
    environment.socket.open();
    environment.socket.close();
    expect(catchesUp()).toBe(false);
  });

  it('catches up also where another subscription makes it begin anew', () => {
    hello(10);
    connection.subscribe({ subscribe: ['jobs'] });
    environment.pass(500);
    expect(catchesUp()).toBe(true);
    environment.socket.receive({ prev: 12, seq: 12, hello: true });
    expect(catchesUp()).toBe(false);
  });

  it('catches up after a missing frame only when that takes a moment, and while it is far behind', () => {
    hello(10);
    environment.socket.receive({ prev: 15, seq: 16 });
    expect(catchesUp()).toBe(false);
    environment.pass(500);
    expect(catchesUp()).toBe(true);
    environment.socket.receive({ prev: 10, seq: 17 });
    expect(catchesUp()).toBe(false);
    expect([catchesUp(2999), catchesUp(3000)]).toEqual([false, true]);
  });
});
