import { History, Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { linkToMoment, momentClock } from '../../core/moment';
import { count } from '../../core/numbers';
import { coarse } from '../../core/time';
import { Button } from '../../ui/Button';
import { useZone } from '../../ui/preferences';
import { copy } from '../../ui/toasts';
import './banner.css';

interface BannerProps {
  isLive: boolean;
  /** Where the playhead stands, as far as it is known. */
  seq: number | null;
  time: number | null;
  now: number;
  onLive(): void;
  /** What is different here. */
  note?: string;
  /** Where else one can go from here. */
  children?: ReactNode;
}

/** Which moment one looks at, in words, and the way back. */
export function Banner({ isLive, seq, time, now, onLive, note, children }: BannerProps) {
  const zone = useZone();
  const gap = time === null ? null : now - time;
  const isAhead = gap !== null && gap < 0;
  const ago = gap === null ? null : isAhead ? `in ${coarse(-gap)}` : `${coarse(gap)} ago`;
  return (
    <div className={isLive ? 'ttb' : 'ttb past'}>
      <History className="i" />
      <span className="ellip">
        {isLive ? (
          <>
            <span className="lead">You are looking at </span>
            <b>now</b>
          </>
        ) : seq === 0 ? (
          <>
            <span className="lead">You are looking at the time </span>
            <b>before the first event</b>
          </>
        ) : (
          <>
            <span className="lead">
              {isAhead ? 'You are looking at a time that is yet to come, ' : 'You are looking at '}
            </span>
            <b className="num">{time === null ? '…' : momentClock(time, now, zone)}</b>
            {ago !== null && <span className="num">, {ago}</span>}
          </>
        )}
      </span>
      {seq !== null && <span className="mono faint nowrap">seq {count(seq)}</span>}
      {note !== undefined && <span className="sub note ellip">{note}</span>}
      <span className="grow" />
      {isLive ? (
        <span className="sub hint">Drag the playhead or press ← to go back</span>
      ) : (
        <>
          {children}
          <Button
            tone="ghost"
            className="lk"
            aria-label="Copy link to this moment"
            disabled={seq === null}
            onClick={() =>
              seq !== null && void copy(linkToMoment(location.href, seq), 'the link to this moment')
            }
          >
            <Link2 className="i s" />
            <span className="lt">Copy link to this moment</span>
          </Button>
          <Button tone="acc" onClick={onLive}>
            Return to live <kbd aria-hidden="true">Esc</kbd>
          </Button>
        </>
      )}
    </div>
  );
}
