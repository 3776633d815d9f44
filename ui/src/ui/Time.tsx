import { allForms, clockOrDate, millis, relative, type Zone } from '../core/time';
import { useClock } from './clock';
import { useZone } from './preferences';

interface TimeProps {
  at: string;
  className?: string;
}

const attributes = (at: string, zone: Zone): { dateTime: string; title: string } => ({
  dateTime: at,
  title: allForms(millis(at), zone),
});

/** `41 s ago`, `in 3.8 s`. */
export function RelativeTime({ at, className }: TimeProps) {
  const zone = useZone();
  const text = useClock((now) => relative(millis(at), now, zone));
  return (
    <time className={className} {...attributes(at, zone)}>
      {text}
    </time>
  );
}

/** `14:06:24`, or the date when it was another day. */
export function ClockTime({ at, className }: TimeProps) {
  const zone = useZone();
  const text = useClock((now) => clockOrDate(millis(at), zone, now));
  return (
    <time className={className} {...attributes(at, zone)}>
      {text}
    </time>
  );
}

/** A time whose words are made elsewhere. */
export function TimeText({ at, text, className }: TimeProps & { text: string }) {
  const zone = useZone();
  return (
    <time className={className} {...attributes(at, zone)}>
      {text}
    </time>
  );
}
