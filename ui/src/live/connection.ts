import { reconnectDelay } from './backoff';
import type { Environment, SocketLike } from './environment';
import { decodeFrame, type Frame, type Subscription } from './frames';

export interface ConnectionState {
  phase: 'connecting' | 'live' | 'waiting';
  /** Since when there is no stream; null while live. */
  downSince: number | null;
  /** When the next attempt is made, while waiting for it. */
  retryAt: number | null;
  /** Since when what was missed is awaited; null when nothing is. */
  resumingSince: number | null;
}

const OFFLINE_AFTER_MS = 5000;
/** While live, what was missed is nearly always there before one could read that it is awaited. */
const RESUMING_FOR_MS = 500;
const CATCHING_UP_LAG_MS = 3000;

/** A short loss is a reconnection; a longer one is being offline. */
export const isOffline = (state: ConnectionState, now: number): boolean =>
  state.downSince !== null && now - state.downSince >= OFFLINE_AFTER_MS;

/** Whether what is shown is well behind: what was missed is on its way, or all that comes in comes late. */
export function isCatchingUp(state: ConnectionState, lagMs: number, now: number): boolean {
  const { phase, resumingSince } = state;
  if (phase !== 'live') return resumingSince !== null;
  return lagMs >= CATCHING_UP_LAG_MS || (resumingSince !== null && now - resumingSince >= RESUMING_FOR_MS);
}

interface Handlers {
  onFrame(frame: Frame): void;
  /** The stream starts anew or cannot tell what was missed: what is shown has to be fetched again. */
  onReset(frame: Frame): void;
  onState(state: ConnectionState): void;
}

/**
 * One socket and the place in the log up to which it has been read. A frame counts only when it follows the last one; otherwise the
 * stream is resumed from there. Nothing is lost or applied out of order, whatever the network does.
 */
export class Connection {
  state: ConnectionState;
  seq: number | null = null;
  private socket: SocketLike | null = null;
  private isOpen = false;
  private failures = 0;
  private timer: number | null = null;
  /** Where a resume was asked for that is not answered yet. */
  private resumeFrom: number | null = null;
  private wantsHello = false;
  private wasLive = false;
  private subscription: Subscription = { subscribe: ['stats'] };

  constructor(
    private readonly environment: Environment,
    private readonly handlers: Handlers,
  ) {
    this.state = {
      phase: 'connecting',
      downSince: environment.now(),
      retryAt: null,
      resumingSince: null,
    };
    environment.onOnline(() => this.retryNow());
  }

  start(): void {
    this.open();
  }

  /**
   * Another wish starts the stream anew: what was not subscribed to before was not told either, so going on from the same place
   * would leave a gap between what the page fetched and what it hears.
   */
  subscribe(subscription: Subscription): void {
    if (JSON.stringify(subscription) === JSON.stringify(this.subscription)) return;
    this.subscription = subscription;
    this.seq = null;
    if (this.isOpen) this.ask();
  }

  retryNow(): void {
    if (this.state.phase === 'waiting') this.open();
  }

  private open(): void {
    if (this.timer !== null) this.environment.clearTimer(this.timer);
    this.timer = null;
    this.enter({ phase: 'connecting', retryAt: null });
    const socket = this.environment.openSocket();
    this.socket = socket;
    socket.onopen = () => {
      this.isOpen = true;
      this.ask();
    };
    socket.onmessage = (message) => this.receive(String(message.data));
    socket.onclose = () => this.lost();
  }

  private ask(): void {
    this.wantsHello = this.seq === null;
    this.resumeFrom = this.seq;
    const after = this.seq === null ? {} : { after: this.seq };
    this.socket?.send(JSON.stringify({ ...this.subscription, ...after }));
    if (this.wasLive) this.enter({ resumingSince: this.environment.now() });
  }

  private receive(text: string): void {
    const frame = decodeFrame(text, this.subscription.filter?.job !== undefined);
    if (frame.reset || frame.hello) {
      this.restart(frame);
      return;
    }
    if (this.wantsHello) return;
    const answersResume = frame.prev === this.resumeFrom;
    if (frame.prev === this.seq || answersResume) {
      // A frame of the subscription before may come first and start at the same place as the answer, so both are taken:
      // jobs carry a version and events a seq, which makes the second harmless.
      if (answersResume && frame.prev !== this.seq) this.resumeFrom = null;
      this.seq = Math.max(this.seq ?? 0, frame.seq);
      this.nowLive();
      this.handlers.onFrame(frame);
    } else if (this.resumeFrom !== this.seq) {
      this.ask();
    }
  }

  private restart(frame: Frame): void {
    this.wantsHello = false;
    this.resumeFrom = null;
    this.seq = frame.seq;
    this.nowLive();
    this.handlers.onReset(frame);
  }

  private nowLive(): void {
    this.failures = 0;
    this.wasLive = true;
    if (this.state.phase !== 'live' || this.state.resumingSince !== null)
      this.enter({ phase: 'live', retryAt: null, downSince: null, resumingSince: null });
  }

  private lost(): void {
    this.isOpen = false;
    this.socket = null;
    const now = this.environment.now();
    const delay = reconnectDelay(this.failures++, this.environment.random);
    this.timer = this.environment.setTimer(() => this.open(), delay);
    const downSince = this.state.downSince ?? now;
    this.enter({ phase: 'waiting', retryAt: now + delay, downSince, resumingSince: null });
  }

  private enter(change: Partial<ConnectionState>): void {
    this.state = { ...this.state, ...change };
    this.handlers.onState(this.state);
  }
}
