import { type FlagGroup, flagGroups } from '../../core/timeline';
import { useFlags } from '../time-travel/useFlags';

const DAY = 86_400_000;
/** Closer than this, two flags share a place. */
const APART = 0.03;
/** The parts in which the stretch moves on, so that what was read of the log holds for a while. */
const PARTS = 90;

/** What changed about the system under the charts. Of more than a day the log is not looked through. */
export function useOverviewFlags(spanMs: number, to: number): FlagGroup[] {
  const isRead = spanMs <= DAY;
  const part = spanMs / PARTS;
  const end = Math.ceil((to + 1) / part) * part;
  const { flags } = useFlags({ from: end - spanMs, to: end }, to, isRead);
  return isRead ? flagGroups(flags, { from: to - spanMs, to }, APART) : [];
}
