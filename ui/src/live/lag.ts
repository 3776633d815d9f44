import { millis } from '../core/time';
import type { Frame } from './frames';

const WINDOW_MS = 5000;

/**
 * How far what comes in is behind what happened. The clocks of the server and of the browser may differ: the shortest way that was
 * ever seen counts as none.
 */
export class LagMeter {
  private shortest = Number.POSITIVE_INFINITY;
  private last = { at: Number.NEGATIVE_INFINITY, lag: 0 };

  take(frame: Frame, now: number): void {
    const event = frame.events.at(-1)?.value.at;
    const job = frame.jobs.at(-1)?.value.updated_at;
    const newest = Math.max(...[event, job].map((iso) => (iso ? millis(iso) : Number.NEGATIVE_INFINITY)));
    if (!Number.isFinite(newest)) return;
    const way = now - newest;
    this.shortest = Math.min(this.shortest, way);
    this.last = { at: now, lag: way - this.shortest };
  }

  /** In milliseconds; none when nothing came in lately. */
  read(now: number): number {
    return now - this.last.at > WINDOW_MS ? 0 : this.last.lag;
  }
}
