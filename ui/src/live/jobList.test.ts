import { describe, expect, it } from 'vitest';
import type { Job, JobFilter, JobPage } from '../api/types';
import { NO_FILTER } from '../core/filter';
import { FakeEnvironment } from '../testing/environment';
import { makeJob } from '../testing/jobs';
import { JobList, MAX_FRESH, MAX_PAGES } from './jobList';

const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

/** A list over `stock` jobs, newest first, `size` a page. */
async function openList(stock: Job[], size = 3, filter: JobFilter = NO_FILTER) {
  const environment = new FakeEnvironment();
  let fault: Error | null = null;
  const fetchPage = async (cursor: string | null): Promise<JobPage> => {
    if (fault) throw fault;
    const rest = stock
      .toSorted((a, b) => b.id - a.id)
      .filter((job) => cursor === null || job.id < Number(cursor));
    const jobs = rest.slice(0, size);
    return {
      jobs,
      total: stock.length,
      estimated: false,
      next: rest.length > size ? String(jobs.at(-1)?.id) : null,
    };
  };
  const list = new JobList(filter, fetchPage, environment);
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
