import { type RefObject, useCallback, useLayoutEffect, useRef, useState, type WheelEvent } from 'react';
import type { JobEvent } from '../../api/types';

const NEAR_TOP = 60;

/**
 * Following keeps the end in view, until somebody scrolls up. Rows that are put in above move the view down by as much, so that what
 * is looked at stays where it is.
 */
export function useFollow(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly JobEvent[],
  isFollowing: boolean,
  rowHeight: number,
  onFollow: (isFollowing: boolean) => void,
) {
  const seen = useRef({ top: 0, height: 0 });
  const before = useRef<readonly JobEvent[]>([]);
  const [isAtTop, setAtTop] = useState(false);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const old = before.current;
    before.current = rows;
    if (isFollowing) {
      box.scrollTop = box.scrollHeight;
      return;
    }
    const top = Math.floor(box.scrollTop / rowHeight);
    const anchor = old[top];
    if (old === rows || !anchor) return;
    const place = rows.findIndex((event) => event.seq === anchor.seq);
    if (place > top) box.scrollTop += (place - top) * rowHeight;
  }, [scroller, rows, isFollowing, rowHeight]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const { scrollTop: top, scrollHeight: height } = box;
    const isUp = top < seen.current.top - 2 && height >= seen.current.height;
    seen.current = { top, height };
    setAtTop(top < NEAR_TOP);
    if (isUp) onFollow(false);
  }, [scroller, onFollow]);

  const onWheel = useCallback(
    (event: WheelEvent) => {
      if (event.deltaY < 0) onFollow(false);
    },
    [onFollow],
  );
  return { isAtTop, onScroll, onWheel };
}
