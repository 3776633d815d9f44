/** So many rows may change in a second for each to be shown; more would be a flicker. */
export const MOST_CHANGES = 5;
const WINDOW_MS = 1000;

/** Says of each change whether it is shown: only while few rows change. */
export class ChangeTint {
  private times: number[] = [];

  take(now: number): boolean {
    this.times = this.times.filter((at) => at > now - WINDOW_MS);
    this.times.push(now);
    // A burst is held against what follows it by its newest changes alone.
    if (this.times.length > MOST_CHANGES) this.times.shift();
    return this.times.length < MOST_CHANGES;
  }
}
