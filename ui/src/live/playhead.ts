import { waitAfter } from '../api/askAgain';
import { ApiError } from '../api/client';
import type { State } from '../api/past';
import { isSame, LIVE, type Moment, reachedFrom } from '../core/moment';
import type { Environment } from './environment';

/** While the playhead moves, the server is asked at most this often. */
export const ASK_MS = 80;
/** What is shown of another moment for longer than this is marked as old. */
export const STALE_MS = 150;
const READING_MS = 1000;

export interface PlayheadView {
  /** Where the playhead stands. */
  moment: Moment;
  /** What was answered last, and for which moment. */
  state: State | null;
  loaded: Moment | null;
  /** Whether what is shown has been of another moment for a while. */
  isStale: boolean;
  /** Up to which event the server has read on its way there. */
  reading: number | null;
  error: ApiError | null;
  retryAt: number | null;
}

type Fetch = (moment: Moment, signal: AbortSignal) => Promise<State>;
type Clock = Pick<Environment, 'now' | 'setTimer' | 'clearTimer'>;

/** Where the playhead stands and what is known of the system there. */
export class Playhead {
  private view: PlayheadView;
  private readonly listeners = new Set<() => void>();
  private asked: AbortController | null = null;
  private askedAt = Number.NEGATIVE_INFINITY;
  private askTimer: number | null = null;
  private staleTimer: number | null = null;
  private failures = 0;

  constructor(
    private readonly clock: Clock,
    private readonly fetchState: Fetch,
    moment: Moment = LIVE,
  ) {
    this.view = {
      moment,
      state: null,
      loaded: null,
      isStale: false,
      reading: null,
      error: null,
      retryAt: null,
    };
  }

  readonly getView = (): PlayheadView => this.view;

  readonly onView = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Goes there. While it is on the move, requests are held apart; the last one is always sent. */
  seek(moment: Moment, isMoving = false): void {
    this.failures = 0;
    this.change({ moment, reading: null, error: null, retryAt: null });
    this.staleTimer ??= this.clock.setTimer(() => {
      this.staleTimer = null;
      if (!this.isSettled()) this.change({ isStale: true });
    }, STALE_MS);
    const wait = isMoving ? this.askedAt + ASK_MS - this.clock.now() : 0;
    if (wait <= 0) this.ask();
    else if (this.askTimer === null) this.askLater(wait);
  }

  /** Asks again for the same moment: what is live moves on. */
  refresh(): void {
    if (this.asked === null && this.askTimer === null) this.ask();
  }

  retry(): void {
    this.ask();
  }

  stop(): void {
    this.asked?.abort();
    this.asked = null;
    this.dropTimers();
  }

  private isSettled(): boolean {
    const { loaded, moment } = this.view;
    return loaded !== null && isSame(loaded, moment);
  }

  private dropTimers(): void {
    if (this.askTimer !== null) this.clock.clearTimer(this.askTimer);
    if (this.staleTimer !== null) this.clock.clearTimer(this.staleTimer);
    this.askTimer = null;
    this.staleTimer = null;
  }

  private askLater(ms: number): void {
    if (this.askTimer !== null) this.clock.clearTimer(this.askTimer);
    this.askTimer = this.clock.setTimer(() => {
      this.askTimer = null;
      this.ask();
    }, ms);
  }

  private ask(): void {
    if (this.askTimer !== null) this.clock.clearTimer(this.askTimer);
    this.askTimer = null;
    this.asked?.abort();
    const asked = new AbortController();
    this.asked = asked;
    this.askedAt = this.clock.now();
    const { moment } = this.view;
    this.fetchState(moment, asked.signal).then(
      (state) => {
        if (this.asked === asked) this.settle(moment, state);
      },
      (error: Error) => {
        if (this.asked === asked) this.fail(error);
      },
    );
  }

  private settle(moment: Moment, state: State): void {
    this.asked = null;
    this.failures = 0;
    const isThere = isSame(moment, this.view.moment);
    if (isThere && this.staleTimer !== null) {
      this.clock.clearTimer(this.staleTimer);
      this.staleTimer = null;
    }
    const isStale = this.view.isStale && !isThere;
    this.change({ state, loaded: moment, isStale, reading: null, error: null, retryAt: null });
  }

  private fail(error: Error): void {
    this.asked = null;
    const failure = error instanceof ApiError ? error : new ApiError(0, error.message);
    const reading = failure.status === 503 ? reachedFrom(failure.message) : null;
    if (reading !== null) {
      this.change({ reading, error: null, retryAt: null });
      this.askLater(READING_MS);
      return;
    }
    const wait = waitAfter(failure, ++this.failures);
    this.change({ error: failure, reading: null, retryAt: wait === null ? null : this.clock.now() + wait });
    if (wait !== null) this.askLater(wait);
  }

  private change(change: Partial<PlayheadView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
