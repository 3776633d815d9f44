import type { PastLane, PlannedLane, RunOutcome } from '../../core/lanes';
import { rangeWords } from '../../core/policy';
import type { Scale } from '../../core/scale';
import { clock, clockOrDate, duration, ticking } from '../../core/time';
import { Glyph, type GlyphName } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { serverNow } from '../../ui/serverTime';

const GLYPHS: Record<RunOutcome, GlyphName> = {
  failed: 'ATTEMPT_FAILED',
  succeeded: 'SUCCEEDED',
  running: 'RUNNING',
  released: 'QUEUED',
  cancelled: 'CANCELLED',
};

const OUTCOMES: Record<Exclude<RunOutcome, 'failed'>, string> = {
  succeeded: 'succeeded',
  running: 'running',
  released: 'given back',
  cancelled: 'cancelled',
};

const place = (scale: Scale, from: number, to: number): { left: string; width: string } => {
  const left = scale.at(from);
  return { left: `${left * 100}%`, width: `${Math.max(0, scale.at(to) - left) * 100}%` };
};

interface PastLaneRowProps {
  lane: PastLane;
  scale: Scale;
  now: number;
  isCurrent: boolean;
  /** How many lanes are left out above this one. */
  gapBefore: number;
  onShowAll(): void;
  onChoose(): void;
  /** How the keyboard comes to it; without, it does not: the lane of a picture. */
  keys?: { isStop: boolean; onFocus(): void };
  onPoint?(isPointed: boolean): void;
}

export function PastLaneRow({
  lane,
  scale,
  now,
  isCurrent,
  gapBefore,
  onShowAll,
  onChoose,
  keys,
  onPoint,
}: PastLaneRowProps) {
  const end = lane.endedAt ?? now;
  const wait = lane.waitUntil;
  return (
    <>
      {gapBefore > 0 && (
        <li className="lanegap">
          <button type="button" className="link" onClick={onShowAll}>
            show {gapBefore} more
          </button>
        </li>
      )}
      <li
        className={isCurrent ? 'lane cur' : 'lane'}
        onClick={onChoose}
        onPointerEnter={() => onPoint?.(true)}
        onPointerLeave={() => onPoint?.(false)}
      >
        <div className="ln-l">
          <Glyph name={GLYPHS[lane.outcome]} />
          {keys ? (
            // A click goes on to the lane, of which this is the part with a name.
            <button
              type="button"
              className="med lnb"
              data-n={lane.attempt}
              aria-label={`Attempt ${lane.attempt}`}
              aria-pressed={isCurrent}
              tabIndex={keys.isStop ? 0 : -1}
              onFocus={() => {
                keys.onFocus();
                onPoint?.(true);
              }}
              onBlur={() => onPoint?.(false)}
            >
              Attempt {lane.attempt}
            </button>
          ) : (
            <span className="med" data-n={lane.attempt}>
              Attempt {lane.attempt}
            </span>
          )}
          <span className="grow ellip faint">{lane.worker}</span>
        </div>
        <div className="ln-t">
          <i className="b q" style={place(scale, lane.queuedAt, lane.startedAt)} />
          <i
            className={`b run ${lane.outcome}${isCurrent ? ' on' : ''}`}
            style={place(scale, lane.startedAt, end)}
          />
          {wait !== null && wait > end && (
            <>
              <i className="b wait" style={place(scale, end, wait)} />
              {now > end && now < wait && <i className="b done" style={place(scale, end, now)} />}
              <WaitLabel
                at={scale.at(wait)}
                text={duration(wait - end)}
                left={wait > now ? ticking(wait - now) : ''}
              />
            </>
          )}
        </div>
        <div className="ln-r num">
          <span
            className={
              lane.outcome === 'failed' ? 'c-failed ellip' : `c-${GLYPHS[lane.outcome].toLowerCase()}`
            }
          >
            {lane.outcome === 'failed' ? lane.errorType : OUTCOMES[lane.outcome]}
          </span>
          <span className="dim">
            {lane.endedAt === null ? ticking(now - lane.startedAt) : duration(end - lane.startedAt)}
          </span>
        </div>
      </li>
    </>
  );
}

function WaitLabel({ at, text, left }: { at: number; text: string; left: string }) {
  const isLate = at > 0.86;
  return (
    <span className="wl" style={isLate ? { right: `${(1 - at) * 100}%` } : { left: `${at * 100}%` }}>
      {text}
      {left && (
        <>
          , <b className="c-retrying">{left} left</b>
        </>
      )}
    </span>
  );
}

/** After the attempt, or before it where there is no room behind. */
function labelPlace(scale: Scale, from: number, end: number) {
  const at = scale.at(end);
  return at > 0.84 ? { right: `${(1 - scale.at(from) + 0.004) * 100}%` } : { left: `${(at + 0.008) * 100}%` };
}

interface PlannedLaneRowProps {
  lane: PlannedLane;
  scale: Scale;
  /** Whether the next start is a known instant. */
  isScheduled: boolean;
}

export function PlannedLaneRow({ lane, scale, isScheduled }: PlannedLaneRowProps) {
  const zone = useZone();
  const from = lane.startsAt.max;
  const end = from + lane.durationMs;
  const delay = lane.delayAfter;
  const isNext = lane.role === 'next';
  const by = isNext
    ? isScheduled
      ? clock(from, zone, 3)
      : 'next'
    : `by ${clockOrDate(from, zone, serverNow())}`;
  return (
    <li className="lane plan">
      <div className="ln-l">
        <Glyph name="PLANNED" />
        <span className="dim" data-n={lane.attempt}>
          Attempt {lane.attempt}
        </span>
        <span className="grow ellip faint">planned</span>
      </div>
      <div className="ln-t">
        <i
          className={lane.isCertain && lane.outcome === 'success' ? 'b ghost ok' : 'b ghost'}
          style={place(scale, from, end)}
        />
        {delay && (
          <>
            <i className="b gwait" style={place(scale, end, end + delay.max)} />
            <span className="wl" style={labelPlace(scale, from, end)}>
              {rangeWords(delay)}
            </span>
          </>
        )}
      </div>
      <div className="ln-r num">
        <PlannedWords lane={lane} />
        <span className="faint">{by}</span>
      </div>
    </li>
  );
}

function PlannedWords({ lane }: { lane: PlannedLane }) {
  if (lane.isCertain && lane.outcome !== null) {
    const tone = lane.outcome === 'success' ? 'c-succeeded' : 'c-failed';
    return (
      <span className={tone} data-s={lane.outcome}>
        plan: {lane.outcome}
      </span>
    );
  }
  if (lane.isCertain) {
    return (
      <span className="faint" data-s="chance">
        left to chance
      </span>
    );
  }
  const before = lane.attempt - 1;
  const [words, short] =
    lane.role === 'last' ? ['then Failed', 'the last'] : [`only if ${before} fails`, `if ${before} fails`];
  return (
    <span className="faint" data-s={short}>
      {words}
    </span>
  );
}
