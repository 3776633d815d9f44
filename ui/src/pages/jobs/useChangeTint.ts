import { type RefObject, useEffect, useRef } from 'react';
import type { Status } from '../../api/types';
import { statusClass } from '../../core/status';
import { ChangeTint } from '../../live/changeTint';

const FADE_MS = 600;
const STILL = '(prefers-reduced-motion: reduce)';
const tint = new ChangeTint();

/** Tints what shows the status for a moment when that changes, as long as few do. */
export function useChangeTint(cell: RefObject<HTMLElement | null>, status: Status): void {
  const before = useRef(status);
  useEffect(() => {
    if (before.current === status) return;
    before.current = status;
    if (!tint.take(performance.now()) || matchMedia(STILL).matches) return;
    const color = `var(--${statusClass(status)}-tint)`;
    cell.current?.animate([{ backgroundColor: color }, { backgroundColor: 'transparent' }], FADE_MS);
  }, [cell, status]);
}
