import type { PastLane, PlannedLane } from '../../core/lanes';

const MOST_PAST = 30;
const FIRST_PAST = 3;
const LAST_PAST = 20;
const MOST_PLANNED = 5;

interface Folded<T> {
  shown: readonly T[];
  hidden: number;
}

/** Above thirty attempts the first three and the last twenty. */
export function foldPast(lanes: readonly PastLane[], showsAll: boolean): Folded<PastLane> {
  if (showsAll || lanes.length <= MOST_PAST) return { shown: lanes, hidden: 0 };
  return {
    shown: [...lanes.slice(0, FIRST_PAST), ...lanes.slice(-LAST_PAST)],
    hidden: lanes.length - FIRST_PAST - LAST_PAST,
  };
}

export function foldPlanned(lanes: readonly PlannedLane[], showsAll: boolean): Folded<PlannedLane> {
  if (showsAll || lanes.length <= MOST_PLANNED) return { shown: lanes, hidden: 0 };
  return { shown: lanes.slice(0, MOST_PLANNED), hidden: lanes.length - MOST_PLANNED };
}
