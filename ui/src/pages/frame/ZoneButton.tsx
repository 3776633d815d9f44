import { Clock } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import { zoneWords } from '../../core/zone';
import { Button } from '../../ui/Button';
import { useZone } from '../../ui/preferences';

const ZoneMenu = lazy(() => import('./ZoneMenu').then(({ ZoneMenu: component }) => ({ default: component })));

/** The zone of every time on the page, and where another one is chosen. */
export function ZoneButton({ tone }: { tone?: 'ghost' }) {
  const zone = useZone();
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        ref={button}
        {...(tone && { tone })}
        className="zone"
        aria-label={`Time zone: ${zoneWords(zone)}`}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title="Time zone; Shift+Z goes to UTC and back"
        onClick={() => setOpen(!isOpen)}
      >
        <Clock className="i s" />
        <span className="zl ellip">{zoneWords(zone)}</span>
      </Button>
      <Suspense>{isOpen && <ZoneMenu button={button} onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
