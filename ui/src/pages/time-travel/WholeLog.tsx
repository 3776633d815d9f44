import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import type { KeptFrom } from '../../core/between';
import { shortCount } from '../../core/numbers';
import { clockOrDate, coarse } from '../../core/time';
import { shareOf } from '../../core/timeline';
import { EventBars } from '../../plot/EventBars';
import { shareUnder } from '../../plot/shareUnder';
import { useZone } from '../../ui/preferences';
import { Purged } from './Purged';
import { useLogMap } from './useLogMap';
import type { Travel } from './useTravel';

const MIDDLE = 0.5;
const STEPS: Record<string, number> = { ArrowLeft: -0.5, ArrowDown: -0.5, ArrowRight: 0.5, ArrowUp: 0.5 };

interface WholeLogProps {
  travel: Travel;
  newest: number;
  kept: KeptFrom | null;
}

/** The whole log, and the window that the track below shows of it. Moving the window does not move the playhead. */
export function WholeLog({ travel, newest, kept }: WholeLogProps) {
  const { stretch, span, now } = travel;
  const map = useLogMap(now);
  const zone = useZone();
  const [isDragging, setDragging] = useState(false);
  const drawn = useMemo(
    () =>
      map && (
        <EventBars
          bars={map.bars}
          place={(bar) => shareOf(map.plan, bar.at) * 1000}
          step={(map.plan.barMs / (map.plan.to - map.plan.from)) * 1000}
        />
      ),
    [map],
  );
  if (!map) return null;
  const { from, to } = map.plan;
  const goTo = (event: PointerEvent<HTMLElement>): void =>
    travel.zoomAt(span, Math.round(from + shareUnder(event) * (to - from)), MIDDLE);
  const press = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    travel.shift(step);
  };
  const [left, right] = [stretch.from, stretch.to].map((at) =>
    Math.min(1, Math.max(0, shareOf(map.plan, at))),
  ) as [number, number];
  return (
    <div className="whole">
      <span className="num">{coarse(now - from)}</span>
      <div
        className="wmap"
        role="slider"
        tabIndex={0}
        aria-label="Window on the whole log"
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={Math.min(to, Math.max(from, stretch.from))}
        aria-valuetext={`from ${clockOrDate(stretch.from, zone, now)} to ${clockOrDate(stretch.to, zone, now)}`}
        onKeyDown={press}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
          goTo(event);
        }}
        onPointerMove={(event) => isDragging && goTo(event)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      >
        <svg viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
          {drawn}
        </svg>
        <Purged kept={kept} stretch={map.plan} now={now} isSmall />
        <span className="win" style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }} />
      </div>
      <span className="num">{shortCount(newest)} events</span>
    </div>
  );
}
