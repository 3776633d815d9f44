import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { type EventBar, STRIP_MINUTES } from '../../core/history';
import { momentClock, momentWords } from '../../core/moment';
import { plural } from '../../core/numbers';
import { clock, clockMinutes, isoMillis } from '../../core/time';
import { EventBars } from '../../plot/EventBars';
import { shareUnder } from '../../plot/shareUnder';
import { Tip } from '../../plot/Tip';
import { useServerClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { serverNow } from '../../ui/serverTime';
import { useTravelling } from '../past/context';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

const sum = (bars: readonly EventBar[], name: 'all' | 'failed' | 'dead'): number =>
  bars.reduce((total, bar) => total + bar[name], 0);

const wordsOf = (all: number, failed: number, dead: number): string =>
  `${plural(all, 'event')}, ${plural(failed, 'failed attempt')}, ${plural(dead, 'dead letter')}`;

/** The last hour of the log. Where one lets go of the playhead, the page shows what was then. */
export function Histogram({ bars }: { bars: readonly EventBar[] }) {
  const zone = useZone();
  const navigate = useNavigate();
  const { past, canSeek, seek, leave } = useTravelling();
  const [pointed, setPointed] = useState<number | null>(null);
  const [isDragging, setDragging] = useState(false);
  const shown = pointed === null ? undefined : bars[Math.floor(pointed * bars.length)];
  const label = `Events of the last hour: ${wordsOf(sum(bars, 'all'), sum(bars, 'failed'), sum(bars, 'dead'))}`;
  const from = bars[0]?.at ?? 0;
  const timeOf = (share: number): number => from + share * STRIP_MINUTES * MINUTE;
  const release = (event: PointerEvent<HTMLElement>): void => {
    setDragging(false);
    const time = Math.floor(timeOf(shareUnder(event)));
    const isAhead = time >= serverNow();
    if (!canSeek)
      void navigate({
        to: '/time-travel',
        search: { range: '1h', at: isAhead ? undefined : isoMillis(time) },
      });
    else if (!isAhead) seek({ kind: 'time', time });
    else if (past) leave();
  };
  return (
    <div
      className="track goes"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        setPointed(shareUnder(event));
      }}
      onPointerMove={(event) => setPointed(shareUnder(event))}
      onPointerUp={(event) => isDragging && release(event)}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => setPointed(null)}
    >
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={label}>
        <EventBars bars={bars} />
      </svg>
      {canSeek && <Head from={from} time={past ? past.time : 'now'} dragged={isDragging ? pointed : null} />}
      {shown && pointed !== null && (
        <Tip share={pointed}>
          {isDragging
            ? `Release to look at ${clock(timeOf(pointed), zone)}`
            : `${clockMinutes(shown.at, zone)}: ${wordsOf(shown.all, shown.failed, shown.dead)}`}
        </Tip>
      )}
    </div>
  );
}

interface HeadProps {
  /** Where the track begins. */
  from: number;
  /** Null while the time of an event is not known: the playhead waits where it stood. */
  time: number | 'now' | null;
  /** Where it is being dragged to, as a share of the track. */
  dragged: number | null;
}

/** How far each key moves the playhead, in minutes. */
const STEPS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** The playhead in its track; what it has not reached is veiled. It also goes by the minute, with the keyboard. */
function Head({ from, time, dragged }: HeadProps) {
  const zone = useZone();
  const { seek, leave } = useTravelling();
  const now = useServerClock((at) => Math.floor(at / SECOND) * SECOND);
  const isLive = time === 'now';
  const to = from + STRIP_MINUTES * MINUTE;
  const last = useRef(now);
  if (time !== null) last.current = isLive ? now : time;
  const place = last.current;
  const share = dragged ?? Math.min(1, Math.max(0, (place - from) / (to - from)));
  const go = (next: number): void => {
    if (next >= serverNow()) leave();
    else seek({ kind: 'time', time: Math.floor(next) }, true);
  };
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (step !== undefined) {
      if (!(isLive && step > 0)) go(place + step * MINUTE);
    } else if (event.key === 'Home') go(from);
    else if (event.key === 'End') leave();
    else return;
    event.preventDefault();
  };
  return (
    <>
      {(!isLive || dragged !== null) && <span className="unseen" style={{ left: `${share * 100}%` }} />}
      <span
        className={isLive && dragged === null ? 'head live' : 'head'}
        style={{ left: `${share * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={Math.round(Math.min(from, place))}
        aria-valuemax={Math.round(Math.max(to, place))}
        aria-valuenow={Math.round(place)}
        aria-valuetext={isLive ? 'now' : time === null ? 'reading' : momentWords(time, now, zone)}
        title={isLive || time === null ? undefined : momentClock(time, now, zone)}
        onKeyDown={press}
      />
    </>
  );
}
