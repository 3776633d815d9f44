// Everything the live layer takes from the browser, so that tests can put in a clock and a socket of their own.

export interface SocketLike {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface Environment {
  now(): number;
  random(): number;
  setTimer(run: () => void, ms: number): number;
  clearTimer(id: number): void;
  openSocket(): SocketLike;
  requestFrame(run: () => void): void;
  isHidden(): boolean;
  onVisible(run: () => void): void;
  onOnline(run: () => void): void;
}

/** The clock and the timers alone. */
export const browserTimers: Pick<Environment, 'now' | 'setTimer' | 'clearTimer'> = {
  now: () => Date.now(),
  setTimer: (run, ms) => window.setTimeout(run, ms),
  clearTimer: (id) => window.clearTimeout(id),
};

export function browserEnvironment(): Environment {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  return {
    ...browserTimers,
    random: () => Math.random(),
    openSocket: () => new WebSocket(`${scheme}://${location.host}/ws`) as SocketLike,
    requestFrame: (run) => void requestAnimationFrame(run),
    isHidden: () => document.hidden,
    onVisible: (run) =>
      document.addEventListener('visibilitychange', () => {
        if (!document.hidden) run();
      }),
    onOnline: (run) => window.addEventListener('online', run),
  };
}
