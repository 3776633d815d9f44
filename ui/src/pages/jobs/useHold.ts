import { type RefObject, useCallback, useEffect, useState } from 'react';
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

interface HoldState {
  hold: Hold;
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
  const isEmpty = view.order.length === 0;
  useEffect(() => {
    if (view.fresh > 0 && (hold === null || isEmpty)) list.showFresh(false);
  }, [hold, isEmpty, list, view.fresh]);
  const onScroll = useCallback((top: number, first: number) => {
    setScrolled(top > 0);
    setFirstInView(first);
  }, []);
  return {
    hold,
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
