import { beforeEach, describe, expect, it } from 'vitest';
import { FakeEnvironment } from '../testing/environment';
import { makeJob } from '../testing/jobs';
import { type Batch, FOLD_LIMIT } from './batch';
import { LiveStore } from './store';

let environment: FakeEnvironment;
let store: LiveStore;
let batches: Batch[];

beforeEach(() => {
  environment = new FakeEnvironment();
  store = new LiveStore(environment);
  batches = [];
  store.onBatch((batch) => batches.push(batch));
  store.start();
  environment.socket.open();
  environment.socket.receive({ prev: 0, seq: 0, hello: true });
  environment.paint();
  batches = [];
});

const send = (prev: number, part: object = {}): void =>
  environment.socket.receive({ prev, seq: prev + 1, ...part });

describe('the store', () => {
  it('hands frames on once a painted frame, the last state of a job winning', () => {
    send(0, { jobs: [makeJob({ version: 1 })] });
    send(1, { jobs: [makeJob({ version: 2, status: 'RUNNING' })] });
    expect(batches).toHaveLength(0);
    environment.paint();
    expect(batches).toHaveLength(1);
    expect(batches[0]?.jobs.get(17)?.value.status).toBe('RUNNING');
  });

  it('folds while hidden and flushes on return', () => {
    environment.hidden = true;
    send(0, { jobs: [makeJob()], events: [{ seq: 1, type: 'Created' }] });
    send(1, { events: [{ seq: 2, type: 'Attempted' }] });
    environment.paint();
    expect(batches).toHaveLength(0);
    environment.show();
    expect(batches).toHaveLength(1);
    expect(batches[0]?.events.map((event) => event.value.seq)).toEqual([1, 2]);
  });

  it('flushes on return what was due when the page was hidden', () => {
    send(0, { jobs: [makeJob()] });
    environment.hidden = true;
    environment.show();
    expect(batches).toHaveLength(1);
  });

  it('keeps back what comes in while it is paused, counts it, and hands it on in one piece', () => {
    send(0, { jobs: [makeJob()] });
    store.setPaused(true);
    environment.paint();
    send(1, { events: [{ seq: 2, type: 'Attempted' }] });
    send(2, { events: [{ seq: 3, type: 'Succeeded' }] });
    environment.paint();
    environment.show();
    expect(batches).toHaveLength(0);
    expect(store.getState().paused).toEqual({ at: environment.time, seq: 1 });
    expect(store.unseen()).toBe(2);
    store.setPaused(false);
    expect(batches[0]?.events.map((event) => event.value.seq)).toEqual([2, 3]);
    expect([store.getState().paused, store.unseen()]).toEqual([null, 0]);
  });

  it('gives up folding when too much comes in, and asks for a refetch', () => {
    environment.hidden = true;
    const jobs = Array.from({ length: FOLD_LIMIT + 1 }, (_, id) => makeJob({ id }));
    send(0, { jobs });
    environment.show();
    expect(batches[0]).toMatchObject({ reset: true, events: [] });
    expect(batches[0]?.jobs.size).toBe(0);
  });

  it('tells of a reset', () => {
    environment.socket.receive({ prev: 0, seq: 50, reset: ['jobs'] });
    environment.paint();
    expect(batches[0]?.reset).toBe(true);
  });

  it('keeps the texts of one job only for a page that shows them', () => {
    store.subscribe({ subscribe: ['jobs'], filter: { job: 17 } });
    environment.socket.receive({ prev: 0, seq: 0, hello: true });
    environment.paint();
    send(0, { jobs: [makeJob()] });
    environment.paint();
    expect(JSON.parse(batches.at(-1)?.jobs.get(17)?.text ?? '')).toMatchObject({ id: 17 });
  });

  it('measures events a second', () => {
    environment.pass(1000);
    environment.socket.receive({ prev: 0, seq: 100 });
    expect(store.eventRate(environment.time)).toBe(20);
    expect(store.eventRate(environment.time + 60_000)).toBe(0);
  });
});
