import { Link } from '@tanstack/react-router';
import { count } from '../../core/numbers';
import { millis, ticking } from '../../core/time';
import { isRetry, type Slot } from '../../core/workers';
import { useClock } from '../../ui/clock';

const ROWS = 4;

interface RunningProps {
  slots: readonly Slot[];
  /** What is said where nothing runs. */
  none: string;
  /** Whether more than a few are listed. */
  isAll: boolean;
}

export function Running({ slots, none, isAll }: RunningProps) {
  if (slots.length === 0) return <p className="faint">{none}</p>;
  const shown = isAll ? slots : slots.slice(0, ROWS);
  return (
    <ul className="plain runs">
      {shown.map((slot) => (
        <RunningRow key={slot.id} slot={slot} />
      ))}
      {slots.length > shown.length && (
        <li className="faint">and {count(slots.length - shown.length)} more</li>
      )}
    </ul>
  );
}

function RunningRow({ slot: { id, job } }: { slot: Slot }) {
  const started = job?.started_at ?? null;
  const time = useClock((now) => (started === null ? '' : ticking(Math.max(0, now - millis(started)))));
  return (
    <li className="row">
      <Link className="ellip" to="/jobs/$id" params={{ id: String(id) }} search={{}}>
        {job?.type ?? 'job'} <span className="mono faint">{count(id)}</span>
      </Link>
      <span className="grow" />
      {isRetry(job) && <span className="c-retrying">again</span>}
      <span className="num dim">{time}</span>
    </li>
  );
}
