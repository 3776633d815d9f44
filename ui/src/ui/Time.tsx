import { clockOrDate, isoMillis, millis, relative } from '../core/time';
import { useClock } from './clock';
import { useZone } from './preferences';

interface TimeProps {
  at: string;
  className?: string;
}

const attributes = (at: string): { dateTime: string; title: string } => ({
  dateTime: at,
  title: isoMillis(millis(at)),
});

/** `41 s ago`, `in 3.8 s`. */
export function RelativeTime({ at, className }: TimeProps) {
  const zone = useZone();
  const text = useClock((now) => relative(millis(at), now, zone));
  return (
    <time className={className} {...attributes(at)}>
      {text}
    </time>
  );
}

/** `14:06:24`, or the date when it was another day. */
export function ClockTime({ at, className }: TimeProps) {
  const zone = useZone();
  const text = useClock((now) => clockOrDate(millis(at), zone, now));
  return (
    <time className={className} {...attributes(at)}>
      {text}
    </time>
  );
}

/** A time whose words are made elsewhere. */
export function TimeText({ at, text, className }: TimeProps & { text: string }) {
  return (
    <time className={className} {...attributes(at)}>
      {text}
    </time>
  );
}
