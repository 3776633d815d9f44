import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { getState } from '../../api/past';
import { isSame, LIVE, type Moment, momentFrom, momentText } from '../../core/moment';
import { isoMillis, millis } from '../../core/time';
import { endAround, endUnder, isSpan, type Span, type Stretch, stretchOf } from '../../core/timeline';
import { browserTimers } from '../../live/environment';
import { Playhead, type PlayheadView } from '../../live/playhead';
import { useNow } from '../../ui/clock';
import { serverNow } from '../../ui/serverTime';
import { useStable } from '../../ui/useStable';
import { useServices } from '../services';

const WRITE_MS = 150;
const LIVE_MS = 1000;

export interface Travel {
  view: PlayheadView;
  isLive: boolean;
  /** Where the playhead stands, as far as it is known. */
  time: number | null;
  now: number;
  span: Span;
  stretch: Stretch;
  /** Goes there; with `isMoving`, more is to come. */
  go(moment: Moment, isMoving?: boolean): void;
  setSpan(span: Span): void;
  /** The same around a time, which stays at its share of the track. */
  zoomAt(span: Span, time: number, share: number): void;
  /** Moves what the track shows, not the playhead. */
  shift(by: number): void;
  retry(): void;
}

function endFrom(text: string | undefined): number | null {
  const moment = momentFrom(text);
  return moment.kind === 'time' ? moment.time : null;
}

/** The time of a moment: its own, or that of the event when the state there has come. */
function timeOf({ moment, loaded, state }: PlayheadView, now: number): number | null {
  if (moment.kind === 'live') return now;
  if (moment.kind === 'time') return moment.time;
  return loaded && isSame(loaded, moment) && state ? millis(state.at) : null;
}

/** The playhead and the stretch of time around it, both kept in the address. */
export function useTravel(): Travel {
  const { live } = useServices();
  const search = useSearch({ from: '/time-travel' });
  const navigate = useNavigate({ from: '/time-travel' });
  const router = useRouter();
  const [playhead] = useState(() => new Playhead(browserTimers, getState, momentFrom(search.at)));
  const view = useSyncExternalStore(playhead.onView, playhead.getView);
  const [end, setEnd] = useState(() => endFrom(search.to));
  const span: Span = isSpan(search.range) ? search.range : '15m';
  const isLive = view.moment.kind === 'live';
  const now = useNow(true, 1000);
  const stretch = stretchOf(span, end, now);
  const lastTime = useRef(now);
  const time = timeOf(view, now);
  if (time !== null) lastTime.current = time;

  const written = useRef<string | undefined>(undefined);
  const timer = useRef<number | undefined>(undefined);
  const write = useStable((): void => {
    // One may be on the way to another page already.
    if (!router.latestLocation.pathname.endsWith('/time-travel')) return;
    const { moment } = playhead.getView();
    written.current = momentText(moment);
    void navigate({
      search: (kept) => ({
        ...kept,
        at: written.current,
        to: end === null ? undefined : isoMillis(end),
      }),
      replace: true,
    });
  });
  const writeSoon = useStable((): void => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(write, WRITE_MS);
  });

  // Whether the stretch is that of the address, which may be beside the playhead.
  const isHeld = useRef(false);
  // The address leads where it was not this page that wrote it.
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current && search.at === written.current) return;
    isFirst.current = false;
    written.current = search.at;
    isHeld.current = search.to !== undefined;
    setEnd(endFrom(search.to));
    playhead.seek(momentFrom(search.at));
  }, [search.at, search.to, playhead]);
  useEffect(
    () => () => {
      window.clearTimeout(timer.current);
      playhead.stop();
      isFirst.current = true;
    },
    [playhead],
  );

  // The track holds still in the past, and follows the playhead out of its sight.
  const { moment } = view;
  useEffect(() => {
    if (moment.kind === 'live') setEnd(null);
    else if (time !== null && !isHeld.current) setEnd((kept) => endAround(span, kept, time, serverNow()));
  }, [moment, time, span]);

  useEffect(() => {
    if (!isLive) return;
    let due: number | undefined;
    const stop = live.onBatch(() => {
      due ??= window.setTimeout(() => {
        due = undefined;
        playhead.refresh();
      }, LIVE_MS);
    });
    return () => {
      stop();
      window.clearTimeout(due);
    };
  }, [live, playhead, isLive]);

  const go = useStable((next: Moment, isMoving?: boolean): void => {
    if (isSame(next, playhead.getView().moment) && next.kind !== 'live') return;
    isHeld.current = false;
    if (next.kind !== 'live') setEnd((kept) => kept ?? stretch.to);
    playhead.seek(next, isMoving);
    writeSoon();
  });
  const shift = useStable((by: number): void => {
    const size = stretch.to - stretch.from;
    const latest = stretchOf(span, null, serverNow()).to;
    const to = Math.min(latest, stretch.to + by * size);
    isHeld.current = true;
    if (isLive) playhead.seek({ kind: 'time', time: serverNow() });
    setEnd(to);
    writeSoon();
  });
  const setSpan = useStable((next: Span): void => {
    isHeld.current = false;
    setEnd(isLive ? null : endAround(next, null, lastTime.current, serverNow()));
    void navigate({
      search: (kept) => ({ ...kept, range: next === '15m' ? undefined : next, to: undefined }),
      replace: true,
    });
    if (!isLive) writeSoon();
  });
  const zoomAt = useStable((next: Span, at: number, share: number): void => {
    isHeld.current = true;
    if (isLive) playhead.seek({ kind: 'time', time: serverNow() });
    setEnd(endUnder(next, at, share, serverNow()));
    void navigate({
      search: (kept) => ({ ...kept, range: next === '15m' ? undefined : next }),
      replace: true,
    });
    writeSoon();
  });
  return {
    view,
    isLive,
    time,
    now,
    span,
    stretch,
    go,
    setSpan,
    zoomAt,
    shift,
    retry: () => playhead.retry(),
  };
}

export { LIVE };
