import { Ellipsis } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { Job } from '../../api/types';
import { Button } from '../../ui/Button';

const MoreMenu = lazy(() => import('./MoreMenu').then(({ MoreMenu: component }) => ({ default: component })));

export interface MoreActionsProps {
  job: Job;
  letterRefusal: string | null;
  onLetter(): void;
}

/** The button of the menu with what one needs less often. */
export function MoreActions(props: MoreActionsProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span>
      <Button
        ref={button}
        size="icon"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Ellipsis className="i s" />
      </Button>
      <Suspense>{isOpen && <MoreMenu {...props} button={button} onClose={() => setOpen(false)} />}</Suspense>
    </span>
  );
}
