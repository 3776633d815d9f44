import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';

const OtherTypesMenu = lazy(() =>
  import('./OtherTypesMenu').then(({ OtherTypesMenu: component }) => ({ default: component })),
);

interface OtherTypesProps {
  /** How many events of them there were. */
  figure: string | null;
  types: readonly string[];
  onToggle(type: string): void;
}

/** The types that have no chip until they are chosen. */
export function OtherTypes({ figure, types, onToggle }: OtherTypesProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="ty"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        Others
        {figure !== null && <span className="n num">{figure}</span>}
        <ChevronDown className="i s" />
      </button>
      <Suspense>
        {isOpen && (
          <OtherTypesMenu button={button} types={types} onToggle={onToggle} onClose={() => setOpen(false)} />
        )}
      </Suspense>
    </>
  );
}
