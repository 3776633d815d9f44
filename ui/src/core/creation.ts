import type { Creation } from '../api/creation';
import { count, plural } from './numbers';

/** The jobs that were created within one part of the time. */
export interface CreationBar {
  from: string;
  all: number;
  retrying: number;
  failed: number;
  isEstimated: boolean;
}

/** The parts of the whole never add up to more than it, though each was counted or estimated by itself. */
export function creationBars({ all, retrying, failed }: Creation): CreationBar[] {
  return all.bins.map(({ from, jobs, estimated }, i) => {
    const dead = Math.min(jobs, failed?.bins[i]?.jobs ?? 0);
    return {
      from,
      all: jobs,
      retrying: Math.min(jobs - dead, retrying?.bins[i]?.jobs ?? 0),
      failed: dead,
      isEstimated: estimated,
    };
  });
}

export interface CreatedWithin {
  after: string;
  /** Null up to the end, which goes on. */
  before: string | null;
}

/** Less than this is no stretch, but a click. */
const LEAST_SHARE = 0.004;

/** The whole bars that a stretch touches, given by its ends as shares of the axis; null where it is none. */
export function createdWithin(bars: readonly CreationBar[], a: number, b: number): CreatedWithin | null {
  if (Math.abs(a - b) < LEAST_SHARE) return null;
  const [low, high] = [Math.max(0, Math.min(a, b)), Math.min(1, Math.max(a, b))];
  const first = bars[Math.floor(low * bars.length)];
  return first ? { after: first.from, before: bars[Math.ceil(high * bars.length)]?.from ?? null } : null;
}

/** In a sentence, for those who do not see it; `time` says a time. */
export function creationWords(
  bars: readonly CreationBar[],
  until: string,
  time: (at: string) => string,
): string {
  const total = bars.reduce((sum, bar) => sum + bar.all, 0);
  const most = bars.reduce((top, bar, i) => (bar.all > (bars[top]?.all ?? 0) ? i : top), 0);
  const [from, to] = [bars[most]?.from ?? until, bars[most + 1]?.from ?? until];
  const about = bars.some((bar) => bar.isEstimated) ? 'about ' : '';
  const whole = `When ${about}${plural(total, 'matching job')} ${total === 1 ? 'was' : 'were'} created`;
  if (total === 0) return whole;
  const here = bars[most]?.all ?? 0;
  const share = here === total ? '' : `most of them, ${count(here)}, `;
  return `${whole}: ${share}between ${time(from)} and ${time(to)}`;
}
