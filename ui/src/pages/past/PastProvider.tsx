import { useRouter, useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { getState, type State } from '../../api/past';
import type { Stats } from '../../api/types';
import { isSame, type Moment, momentFrom, momentText } from '../../core/moment';
import { millis } from '../../core/time';
import { browserTimers } from '../../live/environment';
import { Playhead } from '../../live/playhead';
import { freezeClock } from '../../ui/clock';
import { atServer } from '../../ui/serverTime';
import { toast } from '../../ui/toasts';
import { useStable } from '../../ui/useStable';
import { type Past, type Travelling, TravellingContext } from './context';

/** A browser takes only so many changes of the address in a while. */
const WRITE_MS = 150;

/** The pages that show the past in their own layout. */
const PAGES: ReadonlySet<string> = new Set([
  '/',
  '/jobs',
  '/jobs/$id',
  '/events',
  '/dead-letters',
  '/queues',
  '/workers',
]);

export function statsOf({ seq, total, by_status, queues }: State): Stats {
  return {
    seq,
    total,
    by_status,
    by_queue: Object.fromEntries(queues.map((queue) => [queue.name, queue.by_status])),
  };
}

interface PastProviderProps {
  /** When the page stands still for another reason, by the browser's clock. */
  stoppedAt: number | null;
  children: ReactNode;
}

/** One playhead for all pages; where it stands is in the address, so that a link to a moment is a link to a page of then. */
export function PastProvider({ stoppedAt, children }: PastProviderProps) {
  const router = useRouter();
  const canSeek = useRouterState({
    select: ({ matches }) => matches.some((match) => PAGES.has(match.routeId)),
  });
  // Of the page that is shown: the address may be ahead of it, while the scripts of the next page are fetched.
  const written = useRouterState({
    select: ({ matches }) => (matches.at(-1)?.search as { at?: string } | undefined)?.at,
  });
  // What was chosen and is not in the address yet.
  const [ahead, setAhead] = useState<string | null>(null);
  const at = ahead ?? written;
  const moment = useMemo(() => momentFrom(at), [at]);
  const isPast = moment.kind !== 'live';
  const isShown = isPast && canSeek;

  const [playhead] = useState(() => new Playhead(browserTimers, getState));
  const view = useSyncExternalStore(playhead.onView, playhead.getView);
  useEffect(() => {
    if (isShown) playhead.seek(moment, true);
    else playhead.stop();
  }, [playhead, isShown, moment]);
  useEffect(() => () => playhead.stop(), [playhead]);

  const timer = useRef<number | undefined>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is in the address now is what holds.
  useEffect(() => setAhead(null), [written]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const write = (next: string | undefined): void => {
    window.clearTimeout(timer.current);
    // From one moment to the next there is nothing to come back to.
    const replace = written !== undefined && next !== undefined;
    void router.navigate({ to: '.', search: (kept: object) => ({ ...kept, at: next }), replace });
  };
  const seek = useStable((next: Moment, isMoving = false): void => {
    const text = momentText(next);
    if (text === undefined || !isMoving) {
      write(text);
      return;
    }
    setAhead(text);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => write(text), WRITE_MS);
  });
  const leave = useStable(() => {
    setAhead(null);
    write(undefined);
  });

  const isUnreadable = canSeek && written !== undefined && momentFrom(written).kind === 'live';
  useEffect(() => {
    if (!isUnreadable) return;
    toast(`“${written}” is no event and no time: this is now`, { tone: 'bad' });
    void router.navigate({ to: '.', search: (kept: object) => ({ ...kept, at: undefined }), replace: true });
  }, [isUnreadable, written, router]);

  const state = isShown && view.loaded && isSame(view.loaded, moment) ? view.state : null;
  const known = !isShown ? null : moment.kind === 'time' ? moment.time : state ? millis(state.at) : null;
  const lastTime = useRef<number | null>(null);
  if (!isShown || known !== null) lastTime.current = known;
  // On the way to an event whose time is not known yet, time stands where it stood; the words say so when that takes long.
  const stopped = useMemo(() => (stoppedAt === null ? null : atServer(stoppedAt)), [stoppedAt]);
  const frozenAt = isShown ? lastTime.current : stopped;
  const time = known ?? (view.isStale ? null : lastTime.current);
  useEffect(() => freezeClock(frozenAt), [frozenAt]);

  const stats = useMemo(() => view.state && statsOf(view.state), [view.state]);
  const travelling = useMemo((): Travelling => {
    const past: Past | null = isShown
      ? { at: at ?? '', moment, view, state, stats, time, retry: () => playhead.retry() }
      : null;
    return { past, isPast, canSeek, seek, leave };
  }, [isShown, at, moment, view, state, stats, time, playhead, isPast, canSeek, seek, leave]);
  return <TravellingContext.Provider value={travelling}>{children}</TravellingContext.Provider>;
}
