import { Link2 } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { IconButton } from '../../ui/Button';
import { copyLink } from './useAnywhereKeys';
import { useCopyMoment } from './useCopyMoment';

const CopyLinkMenu = lazy(() =>
  import('./CopyLinkMenu').then(({ CopyLinkMenu: component }) => ({ default: component })),
);

/** Copies the link to this page; with Alt, or from its menu, to this moment. */
export function CopyLink() {
  const moment = useCopyMoment();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <span className="clip">
      <IconButton
        ref={button}
        tone="ghost"
        label="Copy the link to this page (Ctrl+Shift+C), with Alt to this moment"
        onClick={(event) => (event.altKey && !moment.refusal ? moment.copy() : copyLink())}
        onContextMenu={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Link2 className="i" />
      </IconButton>
      <Suspense>
        {isOpen && <CopyLinkMenu moment={moment} button={button} onClose={() => setOpen(false)} />}
      </Suspense>
    </span>
  );
}
