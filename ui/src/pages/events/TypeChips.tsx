import type { Slot } from '../../api/history';
import { count } from '../../core/numbers';
import { useNow } from '../../ui/clock';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { COUNTED_TYPES, eventsIn, OTHER_TYPES, othersIn } from './eventTypes';

const WINDOW_MS = 5 * 60_000;
const STEP_MS = 1000;

interface TypeChipsProps {
  slots: readonly Slot[] | undefined;
  type: string | null;
  onType(type: string | null): void;
}

/** One type or all, with how many there were in the last five minutes. */
export function TypeChips({ slots, type, onType }: TypeChipsProps) {
  const from = useNow(true, STEP_MS) - WINDOW_MS;
  const recent = slots?.filter((slot) => slot.at >= from);
  const figure = (read: (slot: Slot) => number): string | null =>
    recent ? count(recent.reduce((total, slot) => total + read(slot), 0)) : null;
  const others = figure(othersIn);
  const isOther = type !== null && !COUNTED_TYPES.some((each) => each.type === type);
  return (
    <div className="tys" role="group" aria-label="Event types, with counts of the last 5 minutes">
      <button
        type="button"
        className={type === null ? 'ty on' : 'ty'}
        aria-pressed={type === null}
        onClick={() => onType(null)}
      >
        All
        <span className="n num">{figure(eventsIn)}</span>
      </button>
      {COUNTED_TYPES.map((each) => (
        <button
          key={each.type}
          type="button"
          className={type === each.type ? 'ty on' : 'ty'}
          aria-pressed={type === each.type}
          onClick={() => onType(type === each.type ? null : each.type)}
        >
          <Glyph name={eventGlyph(each.type)} />
          {each.type}
          <span className="n num">{figure(each.count)}</span>
        </button>
      ))}
      <select
        className={isOther ? 'input on' : 'input'}
        aria-label="Other event types"
        value={isOther ? type : ''}
        onChange={(event) => onType(event.target.value || null)}
      >
        <option value="">Others{others !== null && `, ${others}`}</option>
        {[...new Set([...OTHER_TYPES, ...(isOther ? [type] : [])])].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </div>
  );
}
