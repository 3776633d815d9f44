import { waitAfter } from '../api/askAgain';
import type { Job, JobFilter, JobPage } from '../api/types';
import { matches } from '../core/filter';
import { type JobOrder, lastOf, standsBefore } from '../core/order';
import type { Environment } from './environment';
import { SLOW_MS } from './slow';

// The rows of one filter, newest or oldest first, in keyset pages. Rows change in place as the stream says; which rows there are, and in which
// order, changes only by `showFresh`. At most twenty pages are held: older ones make room and are fetched again when scrolled to.

export const MAX_PAGES = 20;
const MAX_ROWS = 2000;
/** So many new matches are kept; of more it is only known that there are more, and showing them starts anew. */
export const MAX_FRESH = 2000;
const REFRESH_GAP_MS = 1000;

interface Page {
  cursor: string | null;
  ids: number[];
}

export interface ListView {
  isLoaded: boolean;
  /** Whether the server has been looking for long, and may be stopped. */
  isSlow: boolean;
  /** Whether that was stopped by hand: nothing is asked for until it is searched again. */
  isStopped: boolean;
  /** Without a time, only a person asks again. */
  failure: { error: Error; retryAt: number | null } | null;
  /** Rows given up at the top, whose place is kept. */
  above: number;
  order: readonly number[];
  rows: ReadonlyMap<number, Job>;
  /** New matches that are not shown yet, up to `MAX_FRESH`. */
  fresh: number;
  /** Rows that no longer match. */
  dimmed: ReadonlySet<number>;
  hasMore: boolean;
  total: number;
  isEstimated: boolean;
}

type FetchPage = (cursor: string | null, signal: AbortSignal) => Promise<JobPage>;
type Search = (signal: AbortSignal) => Promise<void>;

export class JobList {
  private pages: Page[] = [];
  private droppedAbove: { cursor: string | null; count: number }[] = [];
  private next: string | null = null;
  private rows = new Map<number, Job>();
  private fresh = new Map<number, Job>();
  private departed = new Set<number>();
  private total = 0;
  private isEstimated = false;
  private isLoaded = false;
  private asked: AbortController | null = null;
  private stopped: Search | null = null;
  private isSlow = false;
  private isRefreshDue = false;
  private failure: ListView['failure'] = null;
  private failures = 0;
  private timer: number | null = null;
  private isClosed = false;
  private readonly listeners = new Set<() => void>();
  private view: ListView;

  constructor(
    readonly filter: JobFilter,
    private readonly fetchPage: FetchPage,
    private readonly environment: Pick<Environment, 'now' | 'setTimer' | 'clearTimer'>,
    readonly order: JobOrder = 'newest',
  ) {
    this.view = this.makeView();
  }

  readonly getView = (): ListView => this.view;

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  open(): void {
    this.isClosed = false;
    this.stopped = null;
    if (this.isLoaded) void this.refresh();
    else void this.load();
  }

  close(): void {
    this.isClosed = true;
    this.stopTimer();
  }

  /** Gives up what is being read. What was read before stays as it is. */
  stop(): void {
    this.asked?.abort();
  }

  /** Goes on with what was stopped. */
  async again(): Promise<void> {
    if (this.stopped) await this.fetching(this.stopped);
  }

  /** From the first job on, as if the page had just been opened. */
  async load(): Promise<void> {
    await this.fetching(async (signal) => {
      const page = await this.fetchPage(null, signal);
      this.rows.clear();
      this.fresh.clear();
      this.departed.clear();
      this.droppedAbove = [];
      this.pages = [{ cursor: null, ids: this.keep(page.jobs) }];
      this.setTail(page);
      this.isLoaded = true;
    });
  }

  async loadMore(): Promise<void> {
    const cursor = this.next;
    if (cursor === null || this.stopped) return;
    await this.fetching(async (signal) => {
      const page = await this.fetchPage(cursor, signal);
      this.pages.push({ cursor, ids: this.keep(page.jobs) });
      this.setTail(page);
      while (this.pages.length > MAX_PAGES) {
        const first = this.pages.shift();
        if (first) this.droppedAbove.push({ cursor: first.cursor, count: this.forget(first) });
      }
    });
  }

  async loadAbove(): Promise<void> {
    const gone = this.droppedAbove.at(-1);
    if (!gone || this.stopped) return;
    await this.fetching(async (signal) => {
      const page = await this.fetchPage(gone.cursor, signal);
      this.droppedAbove.pop();
      this.pages.unshift({ cursor: gone.cursor, ids: this.keep(page.jobs) });
      while (this.pages.length > MAX_PAGES) {
        const last = this.pages.pop();
        if (!last) break;
        this.forget(last);
        this.next = last.cursor;
      }
    });
  }

  /** Fetches what is held again, in place: the stream could not tell what has changed. */
  async refresh(): Promise<void> {
    if (this.asked || this.stopped || !this.isLoaded) {
      this.isRefreshDue = true;
      return;
    }
    await this.fetching(async (signal) => {
      for (const held of [...this.pages]) await this.refreshPage(held, signal);
    });
  }

  /**
   * New jobs may have pushed rows down, so it reads on until it has passed the last row of the page; where new jobs come last, to the
   * end of the list.
   */
  private async refreshPage(held: Page, signal: AbortSignal): Promise<void> {
    const missing = new Set(held.ids);
    const lastHeld = held.ids.at(-1) ?? lastOf(this.order);
    const isTail = this.order === 'oldest' && this.next === null && held === this.pages.at(-1);
    let cursor = held.cursor;
    for (let fetched = 0; fetched < MAX_PAGES; fetched++) {
      const page = await this.fetchPage(cursor, signal);
      for (const job of page.jobs) {
        missing.delete(job.id);
        this.departed.delete(job.id);
      }
      this.take(page.jobs);
      this.total = page.total;
      this.isEstimated = page.estimated;
      const last = page.jobs.at(-1)?.id ?? lastOf(this.order);
      if (page.next === null || (!isTail && !standsBefore(this.order, last, lastHeld))) {
        for (const id of missing) this.departed.add(id);
        return;
      }
      cursor = page.next;
    }
  }

  /** The newest state of jobs, from the stream or from an action. */
  apply(jobs: Iterable<Job>): void {
    if (!this.isLoaded) return;
    this.take(jobs);
    this.changed();
  }

  /** Puts new matches in their places; `sort` also takes out the rows that no longer match, and reads anew when that leaves none of more. */
  showFresh(sort: boolean): void {
    if (sort && this.isAllHeldGone()) return void this.load();
    const count = this.rows.size + this.fresh.size;
    const isTooMuch = count > MAX_ROWS || this.fresh.size >= MAX_FRESH;
    const isOldestFirst = this.order === 'oldest';
    if (isTooMuch || (this.droppedAbove.length > 0 && !isOldestFirst)) {
      const end = this.pages.at(-1)?.ids.at(-1) ?? 0;
      const isAllAtEnd = isOldestFirst && [...this.fresh.keys()].every((id) => id > end);
      void (isAllAtEnd ? this.reopenEnd() : this.load());
      return;
    }
    const last = this.pages.map((page) => page.ids.at(-1) ?? lastOf(this.order));
    for (const job of this.fresh.values()) {
      const at = last.findIndex((id) => standsBefore(this.order, job.id, id));
      this.rows.set(job.id, job);
      this.pages.at(at)?.ids.push(job.id);
    }
    this.fresh.clear();
    for (const page of this.pages) {
      if (sort) page.ids = page.ids.filter((id) => !this.isDimmed(id));
      page.ids.sort((a, b) => (isOldestFirst ? a - b : b - a));
    }
    if (sort) this.dropUnlisted();
    this.changed();
  }

  /** Whether what still matches is all elsewhere: below what was loaded, or given up above. */
  private isAllHeldGone(): boolean {
    const isMoreElsewhere = this.next !== null || this.droppedAbove.length > 0;
    return isMoreElsewhere && this.fresh.size === 0 && this.view.order.every((id) => this.isDimmed(id));
  }

  /** Reads the last page again, so that scrolling fetches what comes after it: there is more than can be put in at once. */
  private async reopenEnd(): Promise<void> {
    await this.fetching(async (signal) => {
      const last = this.pages.at(-1);
      if (!last) return;
      const page = await this.fetchPage(last.cursor, signal);
      this.forget(last);
      this.fresh.clear();
      last.ids = this.keep(page.jobs);
      this.setTail(page);
    });
  }

  private take(jobs: Iterable<Job>): void {
    const last = this.pages.at(-1)?.ids.at(-1) ?? lastOf(this.order);
    // Newest first, what is new has its place above; oldest first, what was given up there is no news.
    const first = this.order === 'oldest' && this.droppedAbove.length > 0 ? this.pages[0]?.ids[0] : undefined;
    const isWithin = (id: number): boolean =>
      (this.next === null || standsBefore(this.order, id, last)) &&
      (first === undefined || standsBefore(this.order, first, id));
    for (const job of jobs) {
      const known = this.rows.get(job.id);
      if (known) {
        if (known.version <= job.version) this.rows.set(job.id, job);
      } else if (!matches(this.filter, job)) {
        this.fresh.delete(job.id);
      } else if (isWithin(job.id)) {
        const waiting = this.fresh.get(job.id);
        const isKept = waiting ? waiting.version <= job.version : this.fresh.size < MAX_FRESH;
        if (isKept) this.fresh.set(job.id, job);
      }
    }
  }

  private keep(jobs: readonly Job[]): number[] {
    const ids: number[] = [];
    for (const job of jobs) {
      this.fresh.delete(job.id);
      if (!this.rows.has(job.id)) ids.push(job.id);
      const known = this.rows.get(job.id);
      if (!known || known.version <= job.version) this.rows.set(job.id, job);
    }
    return ids;
  }

  private forget(page: Page): number {
    for (const id of page.ids) this.rows.delete(id);
    return page.ids.length;
  }

  private dropUnlisted(): void {
    const listed = new Set(this.pages.flatMap((page) => page.ids));
    for (const id of this.rows.keys()) if (!listed.has(id)) this.rows.delete(id);
    this.departed.clear();
  }

  private setTail(page: JobPage): void {
    this.next = page.next;
    this.total = page.total;
    this.isEstimated = page.estimated;
  }

  private isDimmed(id: number): boolean {
    const job = this.rows.get(id);
    return this.departed.has(id) || !job || !matches(this.filter, job);
  }

  private async fetching(search: Search): Promise<void> {
    if (this.asked || this.isClosed) return;
    const asked = new AbortController();
    this.asked = asked;
    this.stopTimer();
    const slow = this.environment.setTimer(() => this.nowSlow(), SLOW_MS);
    const isAgain = this.stopped === search;
    this.stopped = null;
    // Who stopped it may do so again at once.
    if (isAgain) this.nowSlow();
    try {
      await search(asked.signal);
      this.failure = null;
      this.failures = 0;
    } catch (error) {
      if (asked.signal.aborted) {
        this.stopped = search;
        this.failure = null;
      } else {
        this.failed(error as Error);
      }
    }
    this.environment.clearTimer(slow);
    this.isSlow = false;
    this.asked = null;
    if (this.isRefreshDue && !this.failure && !this.stopped) {
      this.isRefreshDue = false;
      this.later(() => void this.refresh(), REFRESH_GAP_MS);
    }
    this.changed();
  }

  private nowSlow(): void {
    this.isSlow = true;
    this.changed();
  }

  private failed(error: Error): void {
    const wait = waitAfter(error, ++this.failures);
    this.failure = { error, retryAt: wait === null ? null : this.environment.now() + wait };
    if (wait !== null && !this.isClosed) this.later(() => this.open(), wait);
  }

  private later(run: () => void, ms: number): void {
    this.stopTimer();
    this.timer = this.environment.setTimer(run, ms);
  }

  private stopTimer(): void {
    if (this.timer !== null) this.environment.clearTimer(this.timer);
    this.timer = null;
  }

  private changed(): void {
    this.view = this.makeView();
    for (const listener of this.listeners) listener();
  }

  private makeView(): ListView {
    const order = this.pages.flatMap((page) => page.ids);
    return {
      isLoaded: this.isLoaded,
      isSlow: this.isSlow,
      isStopped: this.stopped !== null,
      failure: this.failure,
      above: this.droppedAbove.reduce((sum, page) => sum + page.count, 0),
      order,
      rows: this.rows,
      fresh: this.fresh.size,
      dimmed: new Set(order.filter((id) => this.isDimmed(id))),
      hasMore: this.next !== null,
      total: this.total,
      isEstimated: this.isEstimated,
    };
  }
}
