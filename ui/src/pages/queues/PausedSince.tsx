import { useState } from 'react';
import { type Pauses, pauseOf } from '../../core/queues';
import { ClockTime } from '../../ui/Time';
import { useStats } from '../services';

const MINUTE = 60_000;

/** Since when a paused queue is so, or that this is longer ago than what is looked at. */
export function PausedSince({ queue, pauses }: { queue: string; pauses: Pauses }) {
  const seq = useStats()?.seq;
  // The log is read a little later than the queues: it must have been read up to when the pause was first seen.
  const [seen, setSeen] = useState(seq);
  if (seen === undefined && seq !== undefined) setSeen(seq);
  const pause = pauseOf(pauses.flags, queue);
  if (pause)
    return (
      <>
        {' since '}
        <ClockTime at={new Date(pause.time).toISOString()} seq={pause.seq} />
      </>
    );
  if (seen === undefined || pauses.scannedTo < seen) return null;
  return ` over ${Math.floor((pauses.to - pauses.from) / MINUTE)} min ago`;
}
