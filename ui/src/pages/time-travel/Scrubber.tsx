import { Flag as FlagMark } from 'lucide-react';
import { type PointerEvent, useMemo, useRef } from 'react';
import { timeTicks } from '../../core/axis';
import type { KeptFrom } from '../../core/between';
import { momentClock, momentWords } from '../../core/moment';
import { plural } from '../../core/numbers';
import { clock, clockMinutes, coarse } from '../../core/time';
import { type FlagGroup, shareOf, timeAt } from '../../core/timeline';
import { EventBars } from '../../plot/EventBars';
import { shareUnder } from '../../plot/shareUnder';
import { useZone } from '../../ui/preferences';
import { PHONE, useMedia } from '../../ui/useMedia';
import { Purged, PurgedWords } from './Purged';
import type { Pins } from './usePins';
import type { Bars } from './useTrack';
import type { Travel } from './useTravel';
import { useWheel } from './useWheel';

/** Narrower than this, there are no words beside a flag. */
const ROOM = 0.12;
/** Nearer to an end than this, the time stands beside the playhead. */
const EDGE = 0.04;
const EDGE_PHONE = 0.13;
const TICKS = 7;
const TICKS_PHONE = 4;

interface ScrubberProps {
  travel: Travel;
  track: Bars;
  groups: readonly FlagGroup[];
  /** From when on flags are known, where not from the start. */
  flagsSince: number | null;
  /** From when on the log has events of jobs, where older ones have left it. */
  kept: KeptFrom | null;
  pins: Pins;
  isDragging: boolean;
  onDragging(isDragging: boolean): void;
}

const percent = (share: number): string => `${share * 100}%`;

/** All events of a stretch of time, and the playhead over them. What the playhead has not reached is veiled. */
export function Scrubber(props: ScrubberProps) {
  const { travel, track, groups, flagsSince, kept, pins, isDragging, onDragging } = props;
  const { stretch, time, now, isLive } = travel;
  const zone = useZone();
  const isPhone = useMedia(PHONE);
  const slider = useRef<HTMLDivElement>(null);
  useWheel(slider, travel);
  const edge = isPhone ? EDGE_PHONE : EDGE;
  const { bars, barMs } = track;
  const place = time === null ? null : shareOf(stretch, Math.min(time, stretch.to));
  const share = place === null ? null : Math.min(1, Math.max(0, place));
  const isInside = place !== null && place >= 0 && place <= 1;
  const goTo = (event: PointerEvent<HTMLElement>, isMoving: boolean): void =>
    travel.go({ kind: 'time', time: timeAt(stretch, shareUnder(event), now) }, isMoving);
  const end = (event: PointerEvent<HTMLElement>): void => {
    if (!isDragging) return;
    onDragging(false);
    goTo(event, false);
  };
  const ticks = timeTicks(stretch.from, stretch.to, zone, isPhone ? TICKS_PHONE : TICKS);
  // The playhead moves often, the bars seldom.
  const { from, to } = stretch;
  const drawn = useMemo(
    () => (
      <EventBars
        bars={bars}
        place={(bar) => shareOf({ from, to }, bar.at) * 1000}
        step={(barMs / (to - from)) * 1000}
      />
    ),
    [bars, barMs, from, to],
  );
  const top = Math.max(0, ...bars.map((bar) => bar.all));
  return (
    <div className="zoombox">
      {groups.map((group) => (
        <FlagButton key={group.flags[0]?.seq} group={group} travel={travel} />
      ))}
      <div
        className="zoom"
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label="Playhead"
        aria-valuemin={Math.round(stretch.from)}
        aria-valuemax={Math.round(Math.max(stretch.to, time ?? 0))}
        aria-valuenow={Math.round(Math.max(stretch.from, time ?? stretch.to))}
        aria-valuetext={time === null ? 'reading' : isLive ? 'now' : momentWords(time, now, zone)}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          onDragging(true);
          goTo(event, true);
        }}
        onPointerMove={(event) => isDragging && goTo(event, true)}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          <line className="grid-line" x1="0" x2="1000" y1="33" y2="33" />
          <line className="grid-line" x1="0" x2="1000" y1="66" y2="66" />
          {drawn}
        </svg>
        {top > 0 && (
          <span className="yl num" aria-hidden="true">
            {plural(top, 'event')} at most in {coarse(barMs).replace(' 00 s', '')}
            <span>
              <i className="sw b-retrying" />
              failed attempts
            </span>
            <span>
              <i className="sw b-failed" />
              dead letters
            </span>
            {flagsSince !== null && flagsSince > from && (
              <span>flags from {clockMinutes(flagsSince, zone)} on</span>
            )}
          </span>
        )}
        <Purged kept={kept} stretch={stretch} now={now} />
        {share !== null && !isLive && <span className="veil" style={{ left: percent(share) }} />}
        {pins.list.map(({ name, state }) => {
          const at = state ? shareOf(stretch, Date.parse(state.at)) : -1;
          return at >= 0 && at <= 1 ? (
            <span key={name} className="pin" style={{ left: percent(at) }} aria-hidden="true">
              <b>{name}</b>
            </span>
          ) : null;
        })}
        {share !== null && (
          <span
            className={['ph', !isInside && 'out', isLive && 'live', isDragging && 'held']
              .filter(Boolean)
              .join(' ')}
            style={{ left: percent(share) }}
            aria-hidden="true"
          >
            <b className={share > 1 - edge ? 'l' : share < edge ? 'r' : undefined}>
              {isLive ? 'now' : momentClock(time ?? now, now, zone)}
            </b>
          </span>
        )}
      </div>
      <PurgedWords kept={kept} now={now} />
      <div className="ax num" aria-hidden="true">
        {ticks.map(({ share: at, text }, i) => (
          <span
            key={at}
            className={i === ticks.length - 1 ? 'last' : at < 0.03 ? 'first' : undefined}
            style={{ left: percent(at) }}
          >
            {i < ticks.length - 1 ? text : isLive ? 'now' : clockMinutes(stretch.to, zone)}
          </span>
        ))}
      </div>
    </div>
  );
}

function FlagButton({ group, travel }: { group: FlagGroup; travel: Travel }) {
  const zone = useZone();
  const { flags, share, room } = group;
  const first = flags[0];
  if (!first) return null;
  const text = flags.length === 1 ? first.text : `${flags.length} changes`;
  const all = flags.map((flag) => `${flag.text} at ${clock(flag.time, zone)}`);
  const few = all.length > 8 ? [...all.slice(0, 8), `and ${all.length - 8} more`] : all;
  return (
    <button
      type="button"
      className="mk"
      style={{ left: percent(share), maxWidth: percent(Math.max(room, 0)) }}
      title={few.join('\n')}
      aria-label={`${flags.length === 1 ? '' : `${text}: `}${few.join(', ')}`}
      onClick={() => travel.go({ kind: 'seq', seq: first.seq })}
    >
      <FlagMark className="i s" />
      {room > ROOM && <span className="ellip">{text}</span>}
    </button>
  );
}
