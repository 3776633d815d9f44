import { type RefObject, useEffect, useState } from 'react';
import { useShortcuts } from './shortcuts';
import { toast } from './toasts';
import { useStable } from './useStable';

const OPEN_MS = 400;
/** Long enough for the way from the time to the card. */
const CLOSE_MS = 300;

export interface ShownTime {
  at: string;
  seq: string | null;
  /** Where it stood when it was asked for; the card does not follow it. */
  box: DOMRect;
  /** What had the focus, when a key asked. */
  from: HTMLElement | null;
}

const timeAt = (target: EventTarget | null): HTMLTimeElement | null =>
  target instanceof Element ? target.closest<HTMLTimeElement>('time[datetime]') : null;

const shownOf = (time: HTMLTimeElement, from: HTMLElement | null): ShownTime => ({
  at: time.dateTime,
  seq: time.dataset.event ?? null,
  box: time.getBoundingClientRect(),
  from,
});

/** Which time is shown in all its forms: the one that is pointed at for a moment, or by `i` that of what has the focus. */
export function useTimeCard(card: RefObject<HTMLElement | null>): ShownTime | null {
  const [shown, setShown] = useState<ShownTime | null>(null);
  useShortcuts('Times', [
    {
      keys: ['i'],
      label: 'The time of what has the focus, to copy',
      run: () => {
        const from = document.activeElement as HTMLElement;
        const within = [...from.querySelectorAll<HTMLTimeElement>('time[datetime]')];
        const time = timeAt(from) ?? within.find((each) => each.checkVisibility());
        if (time) setShown(shownOf(time, from));
        else toast('Nothing here shows a time');
      },
    },
  ]);
  /** A focus that is still in the card goes back to what had it; one that has gone on by itself stays where it is. */
  const close = useStable((): void => {
    if (card.current?.contains(document.activeElement)) shown?.from?.focus({ preventScroll: true });
    setShown(null);
  });
  const isByKey = shown?.from != null;
  useEffect(() => {
    let timer = 0;
    const onPointerOver = ({ target, pointerType }: PointerEvent): void => {
      window.clearTimeout(timer);
      if (pointerType === 'touch' || isByKey || card.current?.contains(target as Node)) return;
      const time = timeAt(target);
      const open = (): void => (time?.isConnected ? setShown(shownOf(time, null)) : close());
      timer = window.setTimeout(open, time ? OPEN_MS : CLOSE_MS);
    };
    document.addEventListener('pointerover', onPointerOver);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('pointerover', onPointerOver);
    };
  }, [card, isByKey, close]);
  useEffect(() => {
    if (!shown) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    const onFocusOut = ({ target, relatedTarget }: FocusEvent): void => {
      const isLeft = card.current?.contains(target as Node) && !card.current.contains(relatedTarget as Node);
      if (isByKey && isLeft) close();
    };
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('scroll', close, true);
    document.addEventListener('focusout', onFocusOut);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('scroll', close, true);
      document.removeEventListener('focusout', onFocusOut);
    };
  }, [card, shown, isByKey, close]);
  return shown;
}
