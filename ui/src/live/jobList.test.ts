import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client';
import type { Job, JobFilter, JobPage } from '../api/types';
import { NO_FILTER } from '../core/filter';
import { type JobOrder, standsBefore } from '../core/order';
import { FakeEnvironment } from '../testing/environment';
import { makeJob } from '../testing/jobs';
import { JobList, MAX_FRESH, MAX_PAGES } from './jobList';

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

/** A list over `stock` jobs, `size` a page. */
async function openList(stock: Job[], size = 3, filter: JobFilter = NO_FILTER, order: JobOrder = 'newest') {
  const environment = new FakeEnvironment();
  let fault: Error | null = null;
  const fetchPage = async (cursor: string | null): Promise<JobPage> => {
    if (fault) throw fault;
    const rest = stock
      .toSorted((a, b) => (standsBefore(order, a.id, b.id) ? -1 : 1))
      .filter((job) => cursor === null || standsBefore(order, Number(cursor), job.id));
    const jobs = rest.slice(0, size);
    return {
      jobs,
      total: stock.length,
      estimated: false,
      next: rest.length > size ? String(jobs.at(-1)?.id) : null,
    };
  };
  const list = new JobList(filter, fetchPage, environment, order);
  list.open();
  await settle();
  return { list, environment, fail: (error: Error | null) => (fault = error) };
}

const jobs = (from: number, to: number): Job[] =>
  Array.from({ length: to - from + 1 }, (_, i) => makeJob({ id: from + i }));

describe('the list', () => {
  it('updates rows in place and only forwards', async () => {
    const { list } = await openList(jobs(1, 3));
    list.apply([makeJob({ id: 2, version: 3, status: 'RUNNING' })]);
    list.apply([makeJob({ id: 2, version: 2 })]);
    expect(list.getView().rows.get(2)?.status).toBe('RUNNING');
    expect(list.getView().order).toEqual([3, 2, 1]);
  });

  it('counts new jobs until they are asked for', async () => {
    const { list } = await openList(jobs(1, 3));
    list.apply([makeJob({ id: 5 }), makeJob({ id: 4 }), makeJob({ id: 5, version: 2 })]);
    expect(list.getView()).toMatchObject({ fresh: 2, order: [3, 2, 1] });
    list.showFresh(false);
    expect(list.getView()).toMatchObject({ fresh: 0, order: [5, 4, 3, 2, 1] });
  });

  it('keeps only so many new matches, and starts anew when those are to be shown', async () => {
    const stock = jobs(1, 3);
    const { list } = await openList(stock);
    stock.push(...jobs(4, MAX_FRESH + 50));
    list.apply(stock.slice(3));
    expect(list.getView().fresh).toBe(MAX_FRESH);
    list.apply([makeJob({ id: 4, version: 2, status: 'RUNNING' })]);
    expect(list.getView().fresh).toBe(MAX_FRESH);
    list.showFresh(false);
    await settle();
    const newest = MAX_FRESH + 50;
    expect(list.getView()).toMatchObject({ fresh: 0, order: [newest, newest - 1, newest - 2] });
  });

  it('dims rows that no longer match until it is sorted again', async () => {
    const { list } = await openList(jobs(1, 3), 3, { ...NO_FILTER, status: ['QUEUED'] });
    list.apply([makeJob({ id: 2, version: 2, status: 'RUNNING' })]);
    expect(list.getView().order).toEqual([3, 2, 1]);
    expect([...list.getView().dimmed]).toEqual([2]);
    list.showFresh(true);
    expect(list.getView().order).toEqual([3, 1]);
  });

  it('reads on when all that is loaded no longer matches', async () => {
    const stock = jobs(1, 5);
    const { list } = await openList(stock, 3, { ...NO_FILTER, status: ['QUEUED'] });
    list.apply(stock.splice(2).map((job) => ({ ...job, version: 2, status: 'DISCARDED' as const })));
    expect(list.getView()).toMatchObject({ order: [5, 4, 3], hasMore: true });
    list.showFresh(true);
    expect(list.getView().order).toEqual([5, 4, 3]);
    await settle();
    expect(list.getView()).toMatchObject({ order: [2, 1], hasMore: false });
    expect(list.getView().dimmed.size).toBe(0);
  });

  it('ignores changes of jobs below what is loaded', async () => {
    const { list } = await openList(jobs(1, 9));
    list.apply([makeJob({ id: 2, version: 2 })]);
    expect(list.getView().fresh).toBe(0);
  });

  it('holds at most twenty pages and fetches dropped ones again', async () => {
    const { list } = await openList(jobs(1, 90));
    for (let i = 0; i < MAX_PAGES; i++) await list.loadMore();
    expect(list.getView()).toMatchObject({ above: 3 });
    expect(list.getView().order).toHaveLength(60);
    expect(list.getView().order[0]).toBe(87);
    await list.loadAbove();
    expect(list.getView()).toMatchObject({ above: 0, hasMore: true });
    expect(list.getView().order[0]).toBe(90);
    expect(list.getView().order).toHaveLength(60);
  });

  it('marks what a refresh no longer finds', async () => {
    const stock = jobs(1, 3);
    const { list } = await openList(stock);
    stock.splice(1, 1);
    await list.refresh();
    expect([...list.getView().dimmed]).toEqual([2]);
  });

  it('does not take rows for gone that new jobs pushed down', async () => {
    const stock = jobs(1, 9);
    const { list } = await openList(stock);
    stock.push(...jobs(10, 14));
    await list.refresh();
    expect(list.getView().dimmed.size).toBe(0);
    expect(list.getView()).toMatchObject({ fresh: 5, order: [9, 8, 7] });
    await list.loadMore();
    expect(list.getView().order).toEqual([9, 8, 7, 6, 5, 4]);
  });

  it('leaves it to a person to ask again what the server refuses for good', async () => {
    const { list, environment, fail } = await openList(jobs(1, 3));
    fail(new ApiError(422, 'queue must not be longer than 100 bytes'));
    await list.refresh();
    expect(list.getView().failure).toMatchObject({ retryAt: null, error: { status: 422 } });
    fail(null);
    environment.pass(60_000);
    await settle();
    expect(list.getView().failure?.retryAt).toBeNull();
    list.open();
    await settle();
    expect(list.getView().failure).toBeNull();
  });

  it('tries again by itself, later each time', async () => {
    const { list, environment, fail } = await openList(jobs(1, 3));
    fail(new Error('busy'));
    await list.refresh();
    expect(list.getView().failure?.retryAt).toBe(environment.time + 1000);
    environment.pass(1000);
    await settle();
    expect(list.getView().failure?.retryAt).toBe(environment.time + 2000);
    fail(null);
    environment.pass(2000);
    await settle();
    expect(list.getView().failure).toBeNull();
  });
});

describe('a list that the server takes long for', () => {
  /** A list of which every page but the first is held back until it is let go or given up. */
  async function openSlow() {
    const environment = new FakeEnvironment();
    const asked: { cursor: string | null; signal: AbortSignal; answer(): void }[] = [];
    const fetchPage = (cursor: string | null, signal: AbortSignal): Promise<JobPage> =>
      new Promise((done, fail) => {
        signal.addEventListener('abort', () => fail(signal.reason));
        const from = cursor === null ? 4 : 1;
        const answer = (): void =>
          done({
            jobs: jobs(from, from + 2).reverse(),
            total: 6,
            estimated: false,
            next: cursor === null ? '4' : null,
          });
        asked.push({ cursor, signal, answer });
      });
    const list = new JobList(NO_FILTER, fetchPage, environment);
    list.open();
    const answer = async (): Promise<void> => {
      asked.at(-1)?.answer();
      await settle();
    };
    return { list, environment, asked, answer };
  }

  it('is said to be slow after two seconds, until the answer is there', async () => {
    const { list, environment, answer } = await openSlow();
    environment.pass(1999);
    expect(list.getView().isSlow).toBe(false);
    environment.pass(1);
    expect(list.getView().isSlow).toBe(true);
    await answer();
    expect(list.getView()).toMatchObject({ isSlow: false, isStopped: false, order: [6, 5, 4] });
    environment.pass(60_000);
    expect(list.getView().isSlow).toBe(false);
  });

  it('is stopped for good: the request is given up and none follows by itself', async () => {
    const { list, environment, asked, answer } = await openSlow();
    environment.pass(2000);
    list.stop();
    await settle();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(list.getView()).toMatchObject({ isSlow: false, isStopped: true, isLoaded: false, failure: null });
    void list.refresh();
    environment.pass(60_000);
    expect(asked).toHaveLength(1);
    void list.again();
    expect(list.getView()).toMatchObject({ isSlow: true, isStopped: false });
    await answer();
    expect(list.getView()).toMatchObject({ isLoaded: true, isSlow: false, order: [6, 5, 4] });
  });

  it('keeps what was shown when the rest is stopped, and goes on with the rest', async () => {
    const { list, asked, answer } = await openSlow();
    await answer();
    void list.loadMore();
    list.stop();
    await settle();
    expect(list.getView()).toMatchObject({ isStopped: true, order: [6, 5, 4], hasMore: true });
    void list.loadMore();
    expect(asked).toHaveLength(2);
    void list.again();
    expect(asked.at(-1)?.cursor).toBe('4');
    await answer();
    expect(list.getView()).toMatchObject({ isStopped: false, order: [6, 5, 4, 3, 2, 1], hasMore: false });
  });

  it('makes up for a gap in the stream that came while it was stopped', async () => {
    const { list, environment, asked, answer } = await openSlow();
    await answer();
    void list.loadMore();
    list.stop();
    await settle();
    void list.refresh();
    expect(asked).toHaveLength(2);
    void list.again();
    await answer();
    environment.pass(1000);
    expect(asked.map(({ cursor }) => cursor)).toEqual([null, '4', '4', null]);
  });
});

describe('the list with the oldest first', () => {
  const openOldest = (stock: Job[], size = 3, filter: JobFilter = NO_FILTER) =>
    openList(stock, size, filter, 'oldest');

  it('goes on to newer ones', async () => {
    const { list } = await openOldest(jobs(1, 8));
    expect(list.getView()).toMatchObject({ order: [1, 2, 3], hasMore: true });
    await list.loadMore();
    await list.loadMore();
    expect(list.getView()).toMatchObject({ order: [1, 2, 3, 4, 5, 6, 7, 8], hasMore: false });
  });

  it('counts new jobs once the end is loaded, and puts them there when asked', async () => {
    const stock = jobs(1, 5);
    const { list } = await openOldest(stock);
    list.apply([makeJob({ id: 6 })]);
    expect(list.getView()).toMatchObject({ fresh: 0, order: [1, 2, 3] });
    stock.push(makeJob({ id: 6 }));
    await list.loadMore();
    expect(list.getView()).toMatchObject({ fresh: 0, order: [1, 2, 3, 4, 5, 6], hasMore: false });
    list.apply([makeJob({ id: 8 }), makeJob({ id: 7 })]);
    expect(list.getView()).toMatchObject({ fresh: 2, order: [1, 2, 3, 4, 5, 6] });
    list.showFresh(false);
    expect(list.getView()).toMatchObject({ fresh: 0, order: [1, 2, 3, 4, 5, 6, 7, 8] });
  });

  it('has a place for a job among the loaded ones that matches now', async () => {
    const { list } = await openOldest([makeJob({ id: 1 }), makeJob({ id: 9 })], 3, {
      ...NO_FILTER,
      status: ['QUEUED'],
    });
    list.apply([makeJob({ id: 4, version: 7 })]);
    expect(list.getView()).toMatchObject({ fresh: 1, order: [1, 9] });
    list.showFresh(true);
    expect(list.getView().order).toEqual([1, 4, 9]);
  });

  it('finds after a gap in the stream all that came at the end, and moves nothing', async () => {
    const stock = jobs(1, 2);
    const { list } = await openOldest(stock);
    stock.push(...jobs(3, 11));
    await list.refresh();
    expect(list.getView()).toMatchObject({ fresh: 9, order: [1, 2] });
    expect(list.getView().dimmed.size).toBe(0);
    list.showFresh(false);
    expect(list.getView().order).toEqual(stock.map((job) => job.id));
  });

  it('takes no job for new whose rows it gave up above', async () => {
    const { list } = await openOldest(jobs(1, 90));
    for (let i = 0; i < MAX_PAGES; i++) await list.loadMore();
    expect(list.getView()).toMatchObject({ above: 3, fresh: 0 });
    list.apply([makeJob({ id: 2, version: 5 })]);
    expect(list.getView().fresh).toBe(0);
    await list.loadAbove();
    expect(list.getView()).toMatchObject({ above: 0, hasMore: true });
    expect(list.getView().order[0]).toBe(1);
  });

  it('opens its end again when more came than can be put in at once', async () => {
    const stock = jobs(1, 4);
    const { list } = await openOldest(stock);
    await list.loadMore();
    stock.push(...jobs(5, MAX_FRESH + 50));
    list.apply(stock.slice(4));
    expect(list.getView().fresh).toBe(MAX_FRESH);
    list.showFresh(false);
    await settle();
    expect(list.getView()).toMatchObject({ fresh: 0, order: [1, 2, 3, 4, 5, 6], hasMore: true });
    await list.loadMore();
    expect(list.getView().order.slice(-3)).toEqual([7, 8, 9]);
  });
});
