import { type KeyboardEvent, useRef } from 'react';

interface SegmentedProps<T extends string> {
  label: string;
  options: readonly (readonly [T, string])[];
  /** Null where none is chosen. */
  value: T | null;
  onChange(value: T): void;
  isFull?: boolean;
}

/** One of a few, side by side. Arrow keys move the choice. */
export function Segmented<T extends string>({ label, options, value, onChange, isFull }: SegmentedProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const at = options.findIndex(([option]) => option === value);
    const to = (Math.max(at, 0) + step + options.length) % options.length;
    const chosen = options[to];
    if (!chosen) return;
    onChange(chosen[0]);
    (group.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  return (
    <div
      className={isFull ? 'seg full' : 'seg'}
      role="radiogroup"
      aria-label={label}
      ref={group}
      onKeyDown={move}
    >
      {options.map(([option, words], i) => (
        <button
          key={option}
          type="button"
          role="radio"
          aria-checked={option === value}
          tabIndex={option === value || (value === null && i === 0) ? 0 : -1}
          onClick={() => onChange(option)}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
