import type { JobEvent } from '../api/types';

// Faster than this nobody reads, so a view that follows the log shows one row in so many. Which ones depends on their place in the log
// alone: the same events are shown to everybody, and each coarser sample is part of the finer ones.

export const MOST_ROWS_A_SECOND = 200;
const WINDOW_MS = 1000;
const STEP_MS = 100;
/** So long it must have been calmer before more is shown again: the rows would else come and go. */
const CALM_MS = 3000;
const COARSEST = 64;

const KEPT: ReadonlySet<string> = new Set(['Failed', 'DeadLettered']);

/** Failures, and what happens to the system, are never left out. */
const isKept = ({ type, job }: JobEvent): boolean => job === 0 || KEPT.has(type);

/**
 * Whether an event is in the sample of one in `oneIn`, a power of two. Fibonacci hashing spreads the sample evenly: of jobs whose four
 * events take turns, every fourth event would always be the same step.
 */
export const isShown = (event: JobEvent, oneIn: number): boolean =>
  oneIn === 1 || isKept(event) || (Math.imul(event.seq, 0x9e3779b1) >>> 0) * oneIn < 2 ** 32;

interface Step {
  /** When they happened, by the server's clock. */
  at: number;
  /** When they came, by that of the browser. */
  arrived: number;
  kept: number;
  byType: Map<string, number>;
}

/** How much has to be left out, by what came in the last second. */
export class SampleRate {
  oneIn = 1;
  /** A type of which all are shown, of those that came; null: none that could be named. */
  only: string | null = null;
  private steps: Step[] = [];
  /** What had to be left out lately. */
  private needs: { at: number; oneIn: number }[] = [];

  /** `now` is a clock of the browser, in milliseconds; it may stand anywhere. */
  add(events: readonly JobEvent[], now: number): void {
    for (const event of events) {
      const at = Math.floor(Date.parse(event.at) / STEP_MS) * STEP_MS;
      let step = this.steps.at(-1);
      if (step?.at !== at || step.arrived !== now) {
        step = { at, arrived: now, kept: 0, byType: new Map() };
        this.steps.push(step);
      }
      if (isKept(event)) step.kept++;
      step.byType.set(event.type, (step.byType.get(event.type) ?? 0) + 1);
    }
    this.tick(now);
  }

  /** Time has gone on, with or without events. Tells whether another share is shown now. */
  tick(now: number): boolean {
    // What is read after a gap comes at once, and what a stopped clock stamps happens at once: neither alone is a burst.
    const last = this.steps.at(-1);
    const from = last ? last.at + (now - last.arrived) - WINDOW_MS : 0;
    this.steps = this.steps.filter((step) => step.at > from && step.arrived > now - WINDOW_MS);
    this.needs = this.needs.filter((need) => need.at > now - CALM_MS);
    this.needs.push({ at: now, oneIn: this.needed() });
    const before = this.oneIn;
    this.oneIn = Math.max(...this.needs.map((need) => need.oneIn));
    this.choose();
    return this.oneIn !== before;
  }

  private counts(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const { byType } of this.steps) {
      for (const [type, n] of byType) counts.set(type, (counts.get(type) ?? 0) + n);
    }
    return counts;
  }

  private needed(): number {
    const kept = this.steps.reduce((sum, step) => sum + step.kept, 0);
    const all = [...this.counts().values()].reduce((sum, n) => sum + n, 0);
    if (all === kept) return 1;
    let oneIn = 1;
    while (oneIn < COARSEST && kept + (all - kept) / oneIn > MOST_ROWS_A_SECOND) oneIn *= 2;
    return oneIn;
  }

  /** What was named stays named while it holds, so that nothing changes under the pointer. */
  private choose(): void {
    if (this.oneIn === 1) {
      this.only = null;
      return;
    }
    const counts = this.counts();
    const holds = (type: string): boolean => KEPT.has(type) || (counts.get(type) ?? 0) <= MOST_ROWS_A_SECOND;
    if (this.only !== null && holds(this.only)) return;
    const kept = [...KEPT].find((type) => counts.has(type));
    const fewest = [...counts]
      .filter(([type]) => holds(type))
      .sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1));
    this.only = kept ?? fewest[0]?.[0] ?? null;
  }
}
