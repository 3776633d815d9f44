import { type KeyboardEvent, useState } from 'react';
import type { PastLane } from '../../core/lanes';

interface LaneKeys {
  /** The one lane that Tab comes to. */
  stop: number | undefined;
  onFocus(seq: number): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

const stepTo = (key: string, place: number, last: number): number | undefined => {
  if (key === 'ArrowDown') return Math.min(last, place + 1);
  if (key === 'ArrowUp') return Math.max(0, place - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
};

/** The arrows go from lane to lane once the focus is in one; Enter and Space are those of its button. */
export function useLaneKeys(lanes: readonly PastLane[], chosen: number | undefined): LaneKeys {
  const [focused, setFocused] = useState<number | null>(null);
  const has = (seq: number | null | undefined): boolean => lanes.some((lane) => lane.seq === seq);
  const stop = [focused, chosen, lanes[0]?.seq].find(has) ?? undefined;
  return {
    stop,
    onFocus: setFocused,
    onKeyDown: (event) => {
      if (!(event.target instanceof HTMLElement) || !event.target.matches('.lnb')) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.lnb')];
      const next = stepTo(event.key, all.indexOf(event.target), all.length - 1);
      // The page has these keys too, for its events.
      if (next !== undefined) event.preventDefault();
      if (next !== undefined || event.key === 'Enter' || event.key === ' ') event.stopPropagation();
      if (next !== undefined) all[next]?.focus();
    },
  };
}
