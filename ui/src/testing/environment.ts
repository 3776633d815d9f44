import type { Environment, SocketLike } from '../live/environment';

export class FakeSocket implements SocketLike {
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;
  readonly sent: Record<string, unknown>[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.onclose?.();
  }
  open(): void {
    this.onopen?.();
  }
  receive(frame: unknown): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

/** A browser whose clock, sockets and frames the test moves by hand. */
export class FakeEnvironment implements Environment {
  time = 1_000_000;
  hidden = false;
  chance = 1;
  readonly sockets: FakeSocket[] = [];
  private timers: { id: number; at: number; run: () => void }[] = [];
  private frames: (() => void)[] = [];
  private visible: (() => void)[] = [];
  private lastId = 0;

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('no socket was opened');
    return socket;
  }
  now = (): number => this.time;
  random = (): number => this.chance;
  setTimer = (run: () => void, ms: number): number => {
    this.timers.push({ id: ++this.lastId, at: this.time + ms, run });
    return this.lastId;
  };
  clearTimer = (id: number): void => {
    this.timers = this.timers.filter((timer) => timer.id !== id);
  };
  openSocket = (): SocketLike => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };
  requestFrame = (run: () => void): void => void this.frames.push(run);
  isHidden = (): boolean => this.hidden;
  onVisible = (run: () => void): void => void this.visible.push(run);
  onOnline = (): void => {};

  pass(ms: number): void {
    this.time += ms;
    const due = this.timers.filter((timer) => timer.at <= this.time);
    this.timers = this.timers.filter((timer) => timer.at > this.time);
    for (const timer of due) timer.run();
  }
  paint(): void {
    for (const run of this.frames.splice(0)) run();
  }
  show(): void {
    this.hidden = false;
    for (const run of this.visible) run();
  }
}
