import type { PointerEvent } from 'react';

/** Where the pointer is in the width of an element: 0 at its left, almost 1 at its right. */
export function shareUnder(event: PointerEvent<HTMLElement>): number {
  const box = event.currentTarget.getBoundingClientRect();
  return Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width));
}
