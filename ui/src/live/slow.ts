/** From then on a search is said to go on still, and may be stopped. */
export const SLOW_MS = 2000;
