import type { LabEvent } from '../api/generated';

// One job of a run as a lane: its attempts, the waits between them, and what became of it.

export interface Mark {
  from: number;
  /** Null: it had not ended when the run did. */
  to: number | null;
  end: 'failed' | 'succeeded' | 'other';
}

export interface Lane {
  createdAt: number;
  type: string;
  marks: Mark[];
  ended: { at: number; status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'DISCARDED' } | null;
}

const ENDS: Record<string, NonNullable<Lane['ended']>['status']> = {
  Succeeded: 'SUCCEEDED',
  DeadLettered: 'FAILED',
  Cancelled: 'CANCELLED',
  Discarded: 'DISCARDED',
};
const ATTEMPT_ENDS: Record<string, Mark['end']> = {
  Failed: 'failed',
  Succeeded: 'succeeded',
  Released: 'other',
};

export function laneOf(events: readonly LabEvent[]): Lane {
  const lane: Lane = { createdAt: events[0]?.at_us ?? 0, type: '', marks: [], ended: null };
  for (const { at_us: at, type, text } of events) {
    if (type === 'Created') lane.type = /^type (.*?), queue /.exec(text)?.[1] ?? '';
    if (type === 'Attempted') lane.marks.push({ from: at, to: null, end: 'other' });
    const mark = lane.marks.at(-1);
    const end = ATTEMPT_ENDS[type];
    if (mark && end) Object.assign(mark, { to: at, end });
    const status = ENDS[type];
    if (status) lane.ended = { at, status };
  }
  return lane;
}

export interface Stretch {
  from: number;
  to: number;
}

/** What the lanes show: from the creation to the last thing that happened, with a little room. */
export function stretchOf(lanes: readonly Lane[]): Stretch {
  const starts = lanes.map(({ createdAt }) => createdAt);
  const ends = lanes.flatMap(({ marks, ended }) => [
    ...marks.map(({ from, to }) => to ?? from),
    ...(ended ? [ended.at] : []),
  ]);
  const from = Math.min(...starts);
  const to = Math.max(from + 1000, ...ends);
  const room = (to - from) * 0.03;
  return { from: from - room, to: to + room };
}
