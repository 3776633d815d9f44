import { useRef } from 'react';
import { readLog } from '../../api/eventLog';
import type { JobEvent } from '../../api/types';
import { millis } from '../../core/time';
import { type Flag, flagOf, SPANS, type StepUnit, stepFrom, stepMs, zoomed } from '../../core/timeline';
import { serverNow } from '../../ui/serverTime';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import type { Pins } from './usePins';
import type { Play } from './usePlay';
import { LIVE, type Travel } from './useTravel';

const MANY = 10;
const PAGE = 100;

export interface Moves {
  step(by: number): void;
  markerBefore(): void;
  nextFailure(): void;
  nextDeadLetter(): void;
  nextMarker(): void;
}

interface TravelKeys {
  travel: Travel;
  events: readonly JobEvent[];
  /** Those on the track, the oldest first. */
  flags: readonly Flag[];
  unit: StepUnit;
  newest: number;
  play: Play;
  pins: Pins;
}

/** The next event of some kind after a place; the server reads on where one answer was not enough. */
async function findNext({ after, types, job }: Wanted, signal: AbortSignal): Promise<number | null> {
  const isWanted = (event: JobEvent): boolean => types !== undefined || flagOf(event, 0) !== null;
  for (let from = after; ; ) {
    const page = await readLog({ after: from, limit: types ? 1 : PAGE, types, job }, signal);
    const found = page.events.find(({ value }) => isWanted(value));
    if (found) return found.value.seq;
    if (page.scannedTo <= from) return null;
    from = page.scannedTo;
  }
}

interface Wanted {
  after: number;
  types?: readonly string[];
  job?: number;
}

/** What moves the playhead from event to event, by key or button. */
export function useTravelKeys({ travel, events, flags, unit, newest, play, pins }: TravelKeys): Moves {
  const { view, isLive, span } = travel;
  const search = useRef<AbortController | null>(null);
  const seq = view.moment.kind === 'seq' ? view.moment.seq : (view.state?.seq ?? 0);
  const go = (to: number, isMoving = false): void => {
    search.current?.abort();
    play.stop();
    travel.go({ kind: 'seq', seq: to }, isMoving);
  };
  const live = (): void => {
    search.current?.abort();
    play.stop();
    if (!isLive) travel.go(LIVE);
  };
  const step = (by: number): void => {
    if (!view.state || (isLive && by > 0)) return;
    if (unit !== 'event') {
      const time = (travel.time ?? millis(view.state.at)) + by * stepMs(unit);
      if (time >= serverNow()) live();
      else {
        search.current?.abort();
        play.stop();
        travel.go({ kind: 'time', time: Math.round(time) }, true);
      }
      return;
    }
    go(stepFrom(events, seq, by, newest), true);
  };
  const jump = (wanted: Omit<Wanted, 'after'>, words: string): void => {
    search.current?.abort();
    const asked = new AbortController();
    search.current = asked;
    findNext({ ...wanted, after: seq }, asked.signal).then(
      (found) => {
        if (asked.signal.aborted) return;
        if (found === null) toast(`No ${words} after this moment`);
        else go(found);
      },
      (error: Error) => {
        if (!asked.signal.aborted) toast(error.message, { tone: 'bad' });
      },
    );
  };
  const markerBefore = (): void => {
    const found = flags.findLast((flag) => flag.seq < seq);
    if (found) go(found.seq);
    else toast('No marker before this moment on the track');
  };
  const moves: Moves = {
    step,
    markerBefore,
    nextFailure: () => jump({ types: ['Failed'] }, 'failed attempt'),
    nextDeadLetter: () => jump({ types: ['DeadLettered'] }, 'dead letter'),
    nextMarker: () => jump({ job: 0 }, 'marker'),
  };
  const zoom = (by: 1 | -1): void => {
    const next = zoomed(span, by);
    if (next) travel.setSpan(next);
    else toast(by < 0 ? `${SPANS[0]} is the shortest range` : `${SPANS.at(-1)} is the longest range`);
  };
  useShortcuts('Time travel', [
    { keys: ['Space'], label: 'Play or pause', run: play.flip },
    { keys: ['ArrowLeft'], label: `One ${unit} back`, run: () => step(-1) },
    { keys: ['ArrowRight'], label: `One ${unit} on`, run: () => step(1) },
    { keys: ['Shift+ArrowLeft'], label: `Ten ${unit}s back`, run: () => step(-MANY) },
    { keys: ['Shift+ArrowRight'], label: `Ten ${unit}s on`, run: () => step(MANY) },
    {
      keys: ['Home'],
      label: 'Start of the range',
      run: () => {
        play.stop();
        travel.go({ kind: 'time', time: travel.stretch.from });
      },
    },
    { keys: ['End', 'Escape'], label: 'Return to live', run: live },
    { keys: ['f'], label: 'Next failed attempt', run: moves.nextFailure },
    { keys: ['d'], label: 'Next dead letter', run: moves.nextDeadLetter },
    { keys: ['m'], label: 'Next marker', run: moves.nextMarker },
    { keys: ['Shift+M'], label: 'Marker before', run: markerBefore },
    { keys: ['a'], label: 'Set pin A', run: () => pins.set('A') },
    { keys: ['b'], label: 'Set pin B', run: () => pins.set('B') },
    { keys: ['+', '='], label: 'Shorter range', run: () => zoom(-1) },
    { keys: ['-'], label: 'Longer range', run: () => zoom(1) },
  ]);
  return moves;
}
