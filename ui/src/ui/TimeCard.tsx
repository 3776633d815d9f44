import { Copy } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { millis, timeForms } from '../core/time';
import { HINTS_ID } from './Button';
import { useZone } from './preferences';
import { copy } from './toasts';
import { useTimeCard } from './useTimeCard';
import './timecard.css';

const GAP = 6;
const EDGE = 8;

/** A time of the page in all its forms, each to be copied. */
export function TimeCard() {
  const card = useRef<HTMLFieldSetElement>(null);
  const shown = useTimeCard(card);
  const zone = useZone();
  const hints = document.getElementById(HINTS_ID);
  useLayoutEffect(() => {
    if (!shown || !card.current) return;
    const { width, height } = card.current.getBoundingClientRect();
    const { left, top, bottom } = shown.box;
    const isBelow = bottom + GAP + height + EDGE <= innerHeight;
    card.current.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
    card.current.style.top = `${isBelow ? bottom + GAP : Math.max(EDGE, top - GAP - height)}px`;
    if (shown.from) card.current.querySelector('button')?.focus();
  }, [shown]);
  if (!shown || !hints) return null;
  return createPortal(
    <fieldset ref={card} className="timecard" aria-label="This time, to copy">
      {timeForms(millis(shown.at), zone, shown.seq).map(({ label, text }) => (
        <button key={label} type="button" onClick={() => void copy(text, text)}>
          <span className="faint">{label}</span>
          <span className="mono">{text}</span>
          <Copy className="i s faint" aria-label="Copy" />
        </button>
      ))}
    </fieldset>,
    hints,
  );
}
