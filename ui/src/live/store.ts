import type { Stats } from '../api/types';
import { type Batch, emptyBatch, fold, foldReset } from './batch';
import { Connection, type ConnectionState } from './connection';
import type { Environment } from './environment';
import type { Frame, Subscription } from './frames';
import { LagMeter } from './lag';

export interface LiveState {
  connection: ConnectionState;
  stats: Stats | null;
  /** Since when, and from which place in the log on, nothing is handed on because a person wants it so. */
  paused: { at: number; seq: number } | null;
}

const RATE_WINDOW_MS = 5000;

/**
 * Takes frames and hands them on in batches: once an animation frame while the page is visible, and in one piece on return when it
 * was hidden, where animation frames do not run.
 */
export class LiveStore {
  private state: LiveState;
  private batch: Batch = emptyBatch();
  private isFlushDue = false;
  private readonly meter = new LagMeter();
  private samples: { at: number; seq: number }[] = [];
  private readonly connection: Connection;
  private readonly stateListeners = new Set<() => void>();
  private readonly batchListeners = new Set<(batch: Batch) => void>();

  constructor(private readonly environment: Environment) {
    this.connection = new Connection(environment, {
      onFrame: (frame) => this.take(frame, false),
      onReset: (frame) => this.take(frame, true),
      onState: (connection) => this.change({ connection }),
    });
    this.state = { connection: this.connection.state, stats: null, paused: null };
    environment.onVisible(() => this.flush());
  }

  start(): void {
    this.connection.start();
  }

  readonly getState = (): LiveState => this.state;

  readonly onState = (listener: () => void): (() => void) => {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  };

  onBatch(listener: (batch: Batch) => void): () => void {
    this.batchListeners.add(listener);
    return () => this.batchListeners.delete(listener);
  }

  subscribe(subscription: Subscription): void {
    this.connection.subscribe(subscription);
  }

  retryNow(): void {
    this.connection.retryNow();
  }

  /** What comes in is kept back until it goes on. */
  setPaused(isPaused: boolean): void {
    if (isPaused === (this.state.paused !== null)) return;
    const seq = this.connection.seq ?? this.state.stats?.seq ?? 0;
    this.change({ paused: isPaused ? { at: this.environment.now(), seq } : null });
    this.flush();
  }

  /** Events since the pause. */
  unseen(): number {
    const { paused } = this.state;
    return paused ? Math.max(0, (this.connection.seq ?? 0) - paused.seq) : 0;
  }

  /** Figures that were fetched, for the time before the first frame. */
  offerStats(stats: Stats): void {
    if (stats.seq >= (this.state.stats?.seq ?? 0)) this.change({ stats });
  }

  /** Events a second over the last seconds. */
  eventRate(now: number): number {
    const first = this.samples.find((sample) => sample.at >= now - RATE_WINDOW_MS);
    const last = this.samples.at(-1);
    return first && last ? ((last.seq - first.seq) * 1000) / RATE_WINDOW_MS : 0;
  }

  /** How many milliseconds what comes in is behind what happened. */
  lag(now: number): number {
    return this.meter.read(now);
  }

  private take(frame: Frame, isReset: boolean): void {
    if (isReset) foldReset(this.batch);
    fold(this.batch, frame);
    this.sample(frame.seq);
    this.meter.take(frame, this.environment.now());
    if (this.isFlushDue || this.state.paused || this.environment.isHidden()) return;
    this.isFlushDue = true;
    this.environment.requestFrame(() => this.flush());
  }

  private sample(seq: number): void {
    const at = this.environment.now();
    this.samples.push({ at, seq });
    while (this.samples[0] && this.samples[0].at < at - RATE_WINDOW_MS) this.samples.shift();
  }

  private flush(): void {
    this.isFlushDue = false;
    if (this.state.paused) return;
    const batch = this.batch;
    if (!batch.reset && batch.jobs.size === 0 && batch.events.length === 0 && !batch.stats) return;
    this.batch = emptyBatch();
    if (batch.stats) this.change({ stats: batch.stats });
    for (const listener of this.batchListeners) listener(batch);
  }

  private change(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.stateListeners) listener();
  }
}
