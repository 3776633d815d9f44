import type { LogPage, LogQuery } from '../api/eventLog';
import type { Job, JobEvent } from '../api/types';
import { isShown, SampleRate } from './sampling';

export const CAPACITY = 5000;
const PAGE = 1000;
const FIRST_STRETCH = 1000;
const LONGEST_STRETCH = 50_000;
const MOST_STRETCHES = 6;
const MOST_CATCH_UP = 5;
const MOST_NAMES = 20_000;

export interface EventFilter {
  /** None: all. */
  types: readonly string[];
  job: number | null;
}

export interface JobName {
  type: string;
  queue: string;
}

export interface TailView {
  /** What is shown: all, or a sample of them while more come than one could read. */
  rows: readonly JobEvent[];
  all: readonly JobEvent[];
  /** One in how many is shown, and a type of which all would be; null: all are. */
  sample: { oneIn: number; only: string | null } | null;
  isLoaded: boolean;
  isReading: boolean;
  /** Whether its first reading was given up. */
  isStopped: boolean;
  error: Error | null;
  /** How many came since the tail is held. */
  newer: number;
  hasOlder: boolean;
}

interface Log {
  read(query: LogQuery, signal?: AbortSignal): Promise<LogPage>;
  newest(signal?: AbortSignal): Promise<number>;
}

/**
 * The newest events of the log that pass a filter, oldest first, and older ones on demand. While it is held, what comes in waits,
 * so that nothing moves under the reader. It never keeps more than its capacity, in whatever direction it grows.
 */
export class EventTail {
  private rows: JobEvent[] = [];
  private waiting: JobEvent[] = [];
  private isHeld = false;
  private isLoaded = false;
  private isReading = false;
  private isStopped = false;
  /** Gives up the first reading. */
  private giveUp = new AbortController();
  private isBehind = false;
  /** Rows at the new end were given up for older ones. */
  private isDetached = false;
  private missed = 0;
  private error: Error | null = null;
  private readonly rate = new SampleRate();
  /** One in so many rows is shown; while the tail is held, that stays as it is. */
  private oneIn = 1;
  private sampled: { of: readonly JobEvent[]; oneIn: number; rows: readonly JobEvent[] } = {
    of: [],
    oneIn: 1,
    rows: [],
  };
  /** Everything up to here was looked at, and everything from `readFrom` on. */
  private readTo = 0;
  private readFrom = 0;
  private readonly names = new Map<number, JobName>();
  private readonly listeners = new Set<() => void>();
  private view: TailView = this.makeView();

  constructor(
    private readonly filter: EventFilter,
    private readonly log: Log,
    /** A clock of the browser, in milliseconds; it may stand anywhere. */
    private readonly now: () => number,
  ) {}

  readonly getView = (): TailView => this.view;

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  nameOf(job: number): JobName | undefined {
    return this.names.get(job);
  }

  /** Starts at the end of the log with what is there already. */
  open(): Promise<void> {
    return this.reading(async () => {
      const newest = await this.log.newest(this.giveUp.signal);
      this.rows = [];
      this.waiting = [];
      this.missed = 0;
      this.isDetached = false;
      this.readTo = newest;
      this.readFrom = newest + 1;
      await this.readBack();
      this.isLoaded = true;
    });
  }

  /** Gives up the first reading; only `again` takes it up. */
  stop(): void {
    if (this.isLoaded || !this.isReading) return;
    this.isStopped = true;
    this.giveUp.abort();
    this.changed();
  }

  again(): Promise<void> {
    if (!this.isStopped) return Promise.resolve();
    this.isStopped = false;
    this.giveUp = new AbortController();
    return this.catchUp();
  }

  older(): Promise<void> {
    if (!this.isLoaded || this.readFrom <= 1) return Promise.resolve();
    return this.reading(() => this.readBack());
  }

  /** After a gap in the stream: reads on from where it ended, or starts anew when that is too far back. */
  catchUp(): Promise<void> {
    if (this.isStopped) return Promise.resolve();
    if (this.isReading) {
      this.isBehind = true;
      return Promise.resolve();
    }
    if (!this.isLoaded) return this.open();
    let isTooFar = false;
    return this.reading(async () => {
      const newest = await this.log.newest();
      for (let pages = 0; this.readTo < newest; pages++) {
        if (pages === MOST_CATCH_UP) {
          isTooFar = true;
          return;
        }
        const page = await this.log.read({ ...this.filter, after: this.readTo, limit: PAGE });
        this.add(page.events.map((event) => event.value));
        if (page.scannedTo <= this.readTo) return;
        this.readTo = page.scannedTo;
      }
    }).then(() => (isTooFar ? this.open() : undefined));
  }

  apply(events: readonly JobEvent[], jobs: Iterable<Job>): void {
    for (const job of jobs) this.name(job.id, job);
    if (!this.isLoaded) {
      this.isBehind ||= events.length > 0;
      return;
    }
    this.add(events);
    this.readTo = Math.max(this.readTo, events.at(-1)?.seq ?? 0);
    this.changed();
  }

  /** To be told now and then, so that all is shown again when less comes in. */
  tick(): void {
    if (this.rate.tick(this.now()) && !this.isHeld) this.changed();
  }

  /** Of what is held, nothing is left out any more. */
  showAll(): void {
    this.oneIn = 1;
    this.changed();
  }

  /** Held, it keeps its rows; let go, it shows what has come in meanwhile. */
  hold(isHeld: boolean): void {
    if (this.isHeld === isHeld) return;
    this.isHeld = isHeld;
    if (isHeld) return;
    if (this.isDetached || this.missed > 0) {
      void this.open();
      return;
    }
    this.rows = [...this.rows, ...this.waiting].slice(-CAPACITY);
    this.waiting = [];
    this.readFrom = this.rows.length === CAPACITY ? (this.rows[0]?.seq ?? 1) : this.readFrom;
    this.changed();
  }

  private add(events: readonly JobEvent[]): void {
    const last = (this.waiting.at(-1) ?? this.rows.at(-1))?.seq ?? 0;
    const from = Math.max(last, this.readTo);
    const fresh = events.filter((event) => event.seq > from && this.passes(event));
    for (const event of events) this.learn(event);
    if (fresh.length === 0) return;
    this.rate.add(fresh, this.now());
    if (this.isHeld) {
      this.waiting.push(...fresh);
      const excess = this.waiting.length - CAPACITY;
      if (excess <= 0) return;
      this.waiting.splice(0, excess);
      this.missed += excess;
      return;
    }
    this.rows = [...this.rows, ...fresh];
    if (this.rows.length <= CAPACITY) return;
    this.rows = this.rows.slice(-CAPACITY);
    this.readFrom = this.rows[0]?.seq ?? this.readFrom;
  }

  /** Puts the events before the first one in front. The log is read forwards only, so it goes back by longer and longer stretches. */
  private async readBack(): Promise<void> {
    const found: JobEvent[] = [];
    let stretch = this.filter.job === null ? FIRST_STRETCH : this.readFrom;
    for (let tries = 0; tries < MOST_STRETCHES && found.length === 0 && this.readFrom > 1; tries++) {
      const from = Math.max(1, this.readFrom - stretch);
      found.unshift(...(await this.readStretch(from, this.readFrom)));
      this.readFrom = from;
      stretch = Math.min(LONGEST_STRETCH, stretch * 4);
    }
    for (const event of found) this.learn(event);
    const all = [...found, ...this.rows];
    if (all.length > CAPACITY) {
      this.isDetached ||= this.isLoaded && this.rows.length > 0;
      this.rows = this.isDetached ? all.slice(0, CAPACITY) : all.slice(-CAPACITY);
      if (!this.isDetached) this.readFrom = this.rows[0]?.seq ?? this.readFrom;
    } else this.rows = all;
  }

  private async readStretch(from: number, before: number): Promise<JobEvent[]> {
    const found: JobEvent[] = [];
    for (let after = from - 1; after < before - 1; ) {
      const page = await this.log.read({ ...this.filter, after, limit: PAGE }, this.giveUp.signal);
      const inside = page.events.map((event) => event.value).filter((event) => event.seq < before);
      found.push(...inside);
      const isEnd = inside.length < page.events.length || page.scannedTo <= after;
      // Events of one job are read to their end in one go, whatever the place of the last one.
      if (isEnd || (this.filter.job !== null && page.events.length < PAGE)) break;
      after = page.scannedTo;
    }
    return found;
  }

  private passes({ type, job }: JobEvent): boolean {
    return (
      (this.filter.types.length === 0 || this.filter.types.includes(type)) &&
      (this.filter.job === null || this.filter.job === job)
    );
  }

  private learn({ type, job, data }: JobEvent): void {
    if (type !== 'Created') return;
    this.name(job, { type: String(data.type ?? ''), queue: String(data.queue ?? '') });
  }

  private name(job: number, { type, queue }: JobName): void {
    if (this.names.has(job)) return;
    this.names.set(job, { type, queue });
    if (this.names.size <= MOST_NAMES) return;
    const [oldest] = this.names.keys();
    if (oldest !== undefined) this.names.delete(oldest);
  }

  private async reading(work: () => Promise<void>): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    this.changed();
    const { signal } = this.giveUp;
    try {
      await work();
      this.error = null;
    } catch (error) {
      if (!signal.aborted) this.error = error as Error;
    }
    this.isReading = false;
    this.changed();
    if (!this.isBehind || this.error || this.isStopped) return;
    this.isBehind = false;
    await this.catchUp();
  }

  private changed(): void {
    this.view = this.makeView();
    for (const listener of this.listeners) listener();
  }

  private makeView(): TailView {
    if (!this.isHeld) this.oneIn = this.rate.oneIn;
    const { oneIn, rows } = this;
    if (oneIn > 1 && (this.sampled.of !== rows || this.sampled.oneIn !== oneIn))
      this.sampled = { of: rows, oneIn, rows: rows.filter((event) => isShown(event, oneIn)) };
    return {
      rows: oneIn === 1 ? rows : this.sampled.rows,
      all: rows,
      sample: oneIn === 1 ? null : { oneIn, only: this.rate.only },
      isLoaded: this.isLoaded,
      isReading: this.isReading,
      isStopped: this.isStopped,
      error: this.error,
      newer: this.waiting.length + this.missed,
      hasOlder: this.readFrom > 1,
    };
  }
}
