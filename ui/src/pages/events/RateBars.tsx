import type { Slot } from '../../api/history';
import { rate } from '../../core/numbers';
import { duration } from '../../core/time';
import { useNow, useRealClock } from '../../ui/clock';
import { useServices } from '../services';
import { useServerTime } from '../useServerTime';
import { eventsIn } from './eventTypes';

const SECONDS = 60;
const AVERAGED = 10;
const SECOND = 1000;
/** Bars are behind by this much, so that the newest one is whole. */
const LAG_MS = 1000;

export interface SecondBar {
  all: number;
  failed: number;
  dead: number;
}

/** The events of each of the last 60 whole seconds. */
export function secondBars(slots: readonly Slot[], now: number): SecondBar[] {
  const end = Math.floor((now - LAG_MS) / SECOND) * SECOND;
  const bySecond = new Map(slots.map((slot) => [slot.at, slot]));
  return Array.from({ length: SECONDS }, (_, i) => {
    const slot = bySecond.get(end - (SECONDS - i) * SECOND);
    return slot
      ? { all: eventsIn(slot), failed: slot.failed, dead: slot.dead_lettered }
      : { all: 0, failed: 0, dead: 0 };
  });
}

const LAG_STEP_MS = 10;

/** How far behind the server the page is. A clock that is moved by hand says nothing of that. */
function Lag() {
  const { live } = useServices();
  const kind = useServerTime();
  const lag = useRealClock((now) => Math.round(live.lag(now) / LAG_STEP_MS) * LAG_STEP_MS);
  return kind === 'real' ? `over 10 s, lag ${duration(lag)}` : 'over 10 s';
}

/** Events of the last minute: grey all, amber failed attempts, vermilion dead letters. */
export function RateBars({ slots, end }: { slots: readonly Slot[] | undefined; end: 'now' | 'then' }) {
  const bars = secondBars(slots ?? [], useNow(true, SECOND));
  const top = Math.max(1, ...bars.map((bar) => bar.all));
  const perSecond = bars.slice(-AVERAGED).reduce((sum, bar) => sum + bar.all, 0) / AVERAGED;
  const step = 1000 / SECONDS;
  return (
    <>
      <div className="fig">
        <div className="big num">
          {slots ? rate(perSecond).replace('/s', '') : '–'}
          <small>events/s</small>
        </div>
        <div className="sub num nowrap">{end === 'now' ? <Lag /> : 'over the last 10 s'}</div>
      </div>
      <div className="erate">
        <svg
          viewBox="0 0 1000 100"
          preserveAspectRatio="none"
          role="img"
          aria-label={`Events in each of the last 60 seconds, at most ${top}`}
        >
          {bars.map(({ all, failed, dead }, i) => {
            const place = { x: i * step + step * 0.12, width: step * 0.76 };
            const [whole, bad, worst] = [all, failed, dead].map((n) => (n / top) * 84) as [
              number,
              number,
              number,
            ];
            return (
              <g key={i}>
                <rect className="f-mute" {...place} y={100 - whole} height={whole} />
                <rect className="f-retrying" {...place} y={100 - whole} height={bad} />
                <rect className="f-failed" {...place} y={100 - whole} height={worst} />
              </g>
            );
          })}
        </svg>
        <em>60 s</em>
        <em className="end">{end}</em>
      </div>
    </>
  );
}
