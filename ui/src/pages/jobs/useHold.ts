import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { JobList, ListView } from '../../live/jobList';

/** Why order and membership stand still. */
export type Hold = 'selection' | 'pointer' | 'focus' | 'scroll' | null;

export interface HoldHandlers {
  onPointerEnter(): void;
  onPointerLeave(): void;
  onFocus(): void;
  onBlur(event: { relatedTarget: EventTarget | null }): void;
  onScroll(top: number, firstInView: number): void;
}

/** The list moves once in so long at most: faster it could not be read, and every row would be drawn anew each time. */
const TAKE_IN_MS = 1000;

/** How exactly the place in the list is told: each step draws the page anew. */
const STEP_ROWS = 50;

interface HoldState {
  hold: Hold;
  /** Since when there has been one reason or another, in ms of the epoch; null while there is none. */
  heldSince: number | null;
  firstInView: number;
  handlers: HoldHandlers;
}

/** New jobs come in by themselves only while nothing is selected and nobody points at the table, is in it with the keyboard, or has scrolled down. */
export function useHold(
  scroller: RefObject<HTMLDivElement | null>,
  list: JobList,
  view: ListView,
  isSelecting: boolean,
): HoldState {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const [isScrolled, setScrolled] = useState(false);
  const [firstInView, setFirstInView] = useState(0);
  const hold: Hold = isSelecting
    ? 'selection'
    : isPointed
      ? 'pointer'
      : isFocused
        ? 'focus'
        : isScrolled
          ? 'scroll'
          : null;
  const heldSince = useRef<number | null>(null);
  heldSince.current = hold === null ? null : (heldSince.current ?? Date.now());
  const isEmpty = view.order.length === 0;
  const takesIn = view.fresh > 0 && (hold === null || isEmpty);
  const takenAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (!takesIn) return;
    let timer: number;
    const takeIn = (): void => {
      takenAt.current = performance.now();
      if (list.getView().fresh > 0) list.showFresh(false);
      // There may be more by then, without a render in between that has seen none.
      timer = window.setTimeout(takeIn, TAKE_IN_MS);
    };
    timer = window.setTimeout(takeIn, Math.max(0, takenAt.current + TAKE_IN_MS - performance.now()));
    return () => window.clearTimeout(timer);
  }, [takesIn, list]);
  const onScroll = useCallback((top: number, first: number) => {
    setScrolled(top > 0);
    setFirstInView(Math.floor(first / STEP_ROWS) * STEP_ROWS);
  }, []);
  return {
    hold,
    heldSince: heldSince.current,
    firstInView,
    handlers: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event) => {
        const isInside =
          event.relatedTarget instanceof Node && scroller.current?.contains(event.relatedTarget);
        if (!isInside) setFocused(false);
      },
      onScroll,
    },
  };
}
