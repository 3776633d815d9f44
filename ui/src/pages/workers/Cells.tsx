import type { CSSProperties } from 'react';
import { count, plural } from '../../core/numbers';
import { fillOf } from '../../core/usual';
import { isRetry, type Slot } from '../../core/workers';
import { useClock } from '../../ui/clock';

const MOST = 32;

interface CellsProps {
  slots: readonly Slot[];
  usual: ReadonlyMap<string, number | null>;
  name: string;
}

/** One cell for each job that runs there; its height is the time it has taken, against what its type usually takes. */
export function Cells({ slots, usual, name }: CellsProps) {
  const retries = slots.filter(({ job }) => isRetry(job)).length;
  const words = `${name}: ${plural(slots.length, 'job')} running, ${count(retries)} of them again`;
  return (
    <div className="slots" role="img" aria-label={words}>
      {slots.slice(0, MOST).map((slot) => (
        <Cell key={slot.id} slot={slot} usual={usual.get(slot.job?.type ?? '')} />
      ))}
      {slots.length === 0 && <i className="sl" />}
    </div>
  );
}

export function Cell({ slot: { job }, usual }: { slot: Slot; usual: number | null | undefined }) {
  const share = useClock((now) => fillOf(job, usual, now).share);
  const isOver = useClock((now) => fillOf(job, usual, now).isOver);
  const tone = isOver ? 'o' : isRetry(job) ? 't' : 'f';
  return <i className={`sl ${tone}`} style={{ '--fill': `${share * 100}%` } as CSSProperties} />;
}
