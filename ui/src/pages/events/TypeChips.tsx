import { useState } from 'react';
import type { Slot } from '../../api/history';
import { withToggled } from '../../core/eventTypes';
import { count } from '../../core/numbers';
import { useNow } from '../../ui/clock';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { COUNTED_TYPES, eventsIn, OTHER_TYPES, othersIn } from './eventTypes';
import { OtherTypes } from './OtherTypes';

const WINDOW_MS = 5 * 60_000;
const STEP_MS = 1000;

interface TypeChipsProps {
  slots: readonly Slot[] | undefined;
  /** None: all. */
  types: readonly string[];
  onTypes(types: readonly string[]): void;
}

/** Some types or all, with how many there were in the last five minutes. A chip toggles; with Alt, or clicked twice, it keeps only itself. */
export function TypeChips({ slots, types, onTypes }: TypeChipsProps) {
  // The chips of others that are let go stay: the pointer is over them, or they have the focus.
  const [letGo, setLetGo] = useState<readonly string[]>([]);
  const from = useNow(true, STEP_MS) - WINDOW_MS;
  const recent = slots?.filter((slot) => slot.at >= from);
  const figure = (read: (slot: Slot) => number): string | null =>
    recent ? count(recent.reduce((total, slot) => total + read(slot), 0)) : null;
  const toggle = (type: string): void => onTypes(withToggled(types, type));
  const chip = (type: string, found: string | null) => (
    <TypeChip
      key={type}
      type={type}
      figure={found}
      isOn={types.includes(type)}
      onToggle={() => {
        setLetGo([...letGo.filter((each) => each !== type), type]);
        toggle(type);
      }}
      onOnly={() => onTypes([type])}
    />
  );
  return (
    <div className="tys" role="group" aria-label="Event types, with counts of the last 5 minutes">
      <button
        type="button"
        className={types.length === 0 ? 'ty on' : 'ty'}
        aria-pressed={types.length === 0}
        onClick={() => onTypes([])}
      >
        All
        <span className="n num">{figure(eventsIn)}</span>
      </button>
      {COUNTED_TYPES.map((each) => chip(each.type, figure(each.count)))}
      {OTHER_TYPES.filter((type) => types.includes(type) || letGo.includes(type)).map((type) =>
        chip(type, null),
      )}
      <OtherTypes figure={figure(othersIn)} types={types} onToggle={toggle} />
    </div>
  );
}

interface TypeChipProps {
  type: string;
  figure: string | null;
  isOn: boolean;
  onToggle(): void;
  onOnly(): void;
}

const TypeChip = ({ type, figure, isOn, onToggle, onOnly }: TypeChipProps) => (
  <button
    type="button"
    className={isOn ? 'ty on' : 'ty'}
    aria-pressed={isOn}
    aria-keyshortcuts="Alt+Enter"
    title={`Only ${type}: Alt and click, or click twice`}
    onClick={({ altKey, detail }) => (altKey || detail === 2 ? onOnly() : onToggle())}
    // Not every browser makes a click of it.
    onKeyDown={(event) => {
      if (event.key !== 'Enter' || !event.altKey) return;
      event.preventDefault();
      onOnly();
    }}
  >
    <Glyph name={eventGlyph(type)} />
    {type}
    {figure !== null && <span className="n num">{figure}</span>}
  </button>
);
