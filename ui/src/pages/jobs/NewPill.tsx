import { ChevronDown, ChevronUp } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { plural } from '../../core/numbers';
import type { JobOrder } from '../../core/order';
import { MAX_FRESH } from '../../live/jobList';

const ANNOUNCE_MS = 10_000;

const wordsOf = (count: number): string =>
  count < MAX_FRESH ? plural(count, 'new job') : `more than ${plural(MAX_FRESH, 'new job')}`;

interface NewPillProps {
  count: number;
  order: JobOrder;
  onShow(): void;
}

/** How many new jobs there are to show; says so aloud at most every ten seconds. */
export function NewPill({ count, order, onShow }: NewPillProps) {
  const words = wordsOf(count);
  const Icon = order === 'newest' ? ChevronUp : ChevronDown;
  const [announced, setAnnounced] = useState('');
  const lastAt = useRef(0);
  useEffect(() => {
    if (count === 0) return setAnnounced('');
    const wait = Math.max(0, lastAt.current + ANNOUNCE_MS - Date.now());
    const timer = window.setTimeout(() => {
      lastAt.current = Date.now();
      setAnnounced(wordsOf(count));
    }, wait);
    return () => window.clearTimeout(timer);
  }, [count]);
  return (
    <>
      <span className="sr" role="status">
        {announced}
      </span>
      {count > 0 && (
        <button type="button" className="new" onClick={onShow}>
          <Icon className="i s" />
          {words}
          <kbd aria-hidden="true">.</kbd>
        </button>
      )}
    </>
  );
}
