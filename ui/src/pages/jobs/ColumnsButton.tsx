import { Columns3 } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { IconButton } from '../../ui/Button';
import { useShortcuts } from '../../ui/shortcuts';
import { PHONE, useMedia } from '../../ui/useMedia';

const ColumnsMenu = lazy(() =>
  import('./ColumnsMenu').then(({ ColumnsMenu: component }) => ({ default: component })),
);

/** Which columns the table has, and how dense it is; cards have none. */
export function ColumnsButton() {
  const isPhone = useMedia(PHONE);
  return isPhone ? null : <Shown />;
}

function Shown() {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  useShortcuts('Columns', [
    { keys: [], label: 'Columns and density', isCommand: true, run: () => setOpen(true) },
  ]);
  return (
    <>
      <IconButton
        ref={button}
        className="colsb"
        label="Columns and density"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Columns3 className="i" />
      </IconButton>
      <Suspense>{isOpen && <ColumnsMenu button={button} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
