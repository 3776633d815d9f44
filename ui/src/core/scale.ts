import type { Timeline } from './lanes';

// Maps instants to a share of the width. The true scale is linear; the compressed one keeps runs linear and draws each wait that
// is longer than the longest run by the square root, so that a bar never vanishes beside a long backoff.

export interface Scale {
  at(instant: number): number;
}

interface Piece {
  from: number;
  to: number;
  width: number;
}

const COMPRESS_FROM = 8;

function spans(timeline: Timeline, now: number): { runs: [number, number][]; end: number } {
  const runs: [number, number][] = [
    ...timeline.past.map((lane): [number, number] => [lane.startedAt, lane.endedAt ?? now]),
    ...timeline.planned.map((lane): [number, number] => [
      lane.startsAt.max,
      lane.startsAt.max + lane.durationMs,
    ]),
  ];
  const waits = timeline.past.map((lane) => lane.waitUntil ?? 0);
  const isOpen = timeline.planned.length > 0 || timeline.past.at(-1)?.endedAt === null;
  const end = Math.max(timeline.start + 1, isOpen ? now : 0, ...runs.map((run) => run[1]), ...waits);
  return { runs: runs.filter(([from, to]) => to > from).sort((a, b) => a[0] - b[0]), end };
}

function pieces(timeline: Timeline, now: number): { isRun: boolean; from: number; to: number }[] {
  const { runs, end } = spans(timeline, now);
  const found: { isRun: boolean; from: number; to: number }[] = [];
  let at = timeline.start;
  for (const [from, to] of runs) {
    if (from > at) found.push({ isRun: false, from: at, to: from });
    if (to > at) found.push({ isRun: true, from: Math.max(at, from), to });
    at = Math.max(at, to);
  }
  if (end > at) found.push({ isRun: false, from: at, to: end });
  return found;
}

/** Whether waits dwarf the runs so much that the true scale would hide them. */
export function wantsCompression(timeline: Timeline, now: number): boolean {
  const parts = pieces(timeline, now);
  const longest = (isRun: boolean): number =>
    Math.max(0, ...parts.filter((part) => part.isRun === isRun).map((part) => part.to - part.from));
  return longest(false) > COMPRESS_FROM * longest(true);
}

export function makeScale(timeline: Timeline, now: number, compress: boolean): Scale {
  const parts = pieces(timeline, now);
  const unit = Math.max(1, ...parts.filter((part) => part.isRun).map((part) => part.to - part.from));
  const measured: Piece[] = parts.map(({ isRun, from, to }) => {
    const length = to - from;
    const shorter = compress && !isRun && length > unit ? unit * Math.sqrt(length / unit) : length;
    return { from, to, width: shorter };
  });
  const total = measured.reduce((sum, piece) => sum + piece.width, 0) || 1;
  return {
    at(instant) {
      let before = 0;
      for (const piece of measured) {
        if (instant < piece.to) {
          const inside = Math.max(0, instant - piece.from) / (piece.to - piece.from);
          return (before + inside * piece.width) / total;
        }
        before += piece.width;
      }
      return 1;
    },
  };
}
