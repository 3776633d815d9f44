import { type RefObject, useEffect, useRef } from 'react';
import { timeAt, zoomed } from '../../core/timeline';
import { useStable } from '../../ui/useStable';
import type { Travel } from './useTravel';

/** So much turning is one step, and after one there is a pause: a touch pad turns on by itself. */
const STEP = 60;
const PAUSE_MS = 180;
const PAN = 0.125;

/** Over the track, the wheel shows a shorter or longer stretch around the pointer; with Shift an earlier or later one. */
export function useWheel(track: RefObject<HTMLElement | null>, travel: Travel): void {
  const turned = useRef({ by: 0, until: 0 });
  const turn = useStable((event: WheelEvent): void => {
    if (event.ctrlKey || event.metaKey) return; // the browser's own zoom
    event.preventDefault();
    const state = turned.current;
    if (event.timeStamp < state.until) return;
    state.by += event.deltaY || event.deltaX;
    if (Math.abs(state.by) < STEP) return;
    const by = state.by < 0 ? -1 : 1;
    turned.current = { by: 0, until: event.timeStamp + PAUSE_MS };
    if (event.shiftKey) {
      travel.shift(by * PAN);
      return;
    }
    const next = zoomed(travel.span, by);
    const box = track.current?.getBoundingClientRect();
    if (!next || !box) return;
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    travel.zoomAt(next, timeAt(travel.stretch, share, travel.now), share);
  });
  useEffect(() => {
    const element = track.current;
    element?.addEventListener('wheel', turn, { passive: false });
    return () => element?.removeEventListener('wheel', turn);
  }, [track, turn]);
}
