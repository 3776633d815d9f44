import { clockOrDate, millis, relative } from '../core/time';
import { useClock } from './clock';
import { useZone } from './preferences';

// What any of these looks like in the other forms, and how to take them along, says TimeCard.

interface TimeProps {
  at: string;
  /** The event that happened then, where there is one. */
  seq?: number;
  className?: string;
}

/** `41 s ago`, `in 3.8 s`. */
export function RelativeTime(props: TimeProps) {
  const zone = useZone();
  return <TimeText {...props} text={useClock((now) => relative(millis(props.at), now, zone))} />;
}

/** `14:06:24`, or the date when it was another day. */
export function ClockTime(props: TimeProps) {
  const zone = useZone();
  return <TimeText {...props} text={useClock((now) => clockOrDate(millis(props.at), zone, now))} />;
}

/** A time whose words are made elsewhere. */
export const TimeText = ({ at, seq, text, className }: TimeProps & { text: string }) => (
  <time className={className} dateTime={at} data-event={seq}>
    {text}
  </time>
);
