import { useState } from 'react';
import type { Slot } from '../../api/history';
import { countTicks, timeTicks } from '../../core/axis';
import { type Bar, barsOf, type RangePlan } from '../../core/history';
import { count, plural, shortCount } from '../../core/numbers';
import { clockOrDate } from '../../core/time';
import type { FlagGroup } from '../../core/timeline';
import { picked, type Zoom } from '../../core/zoom';
import { Brush } from '../../plot/Brush';
import { Chart } from '../../plot/Chart';
import { FlagLines } from '../../plot/FlagLines';
import { StackedBars } from '../../plot/StackedBars';
import { Tip } from '../../plot/Tip';
import { useHeldTop } from '../../plot/useHeldTop';
import { useZone } from '../../ui/preferences';
import { useNowWord } from '../past/context';
import { AttemptsTable } from './AttemptsTable';
import { OUTCOMES } from './outcomes';

interface AttemptsProps {
  slots: readonly Slot[];
  plan: RangePlan;
  now: number;
  isTable: boolean;
  /** What the end of the axis is called, where it is neither now nor then. */
  end?: string | undefined;
  flags?: readonly FlagGroup[];
  onPick?(zoom: Zoom): void;
  onReset?(): void;
}

/** How the attempts of each stretch of time ended, stacked. */
export function Attempts({ slots, plan, now, isTable, end, flags = [], onPick, onReset }: AttemptsProps) {
  const zone = useZone();
  const word = useNowWord();
  const [pointed, setPointed] = useState<number | null>(null);
  const bars = barsOf(slots, now, plan.spanMs, plan.barMs);
  const ticks = countTicks(Math.max(...bars.map((bar) => bar.succeeded + bar.retried + bar.lost)));
  const top = useHeldTop(ticks.at(-1) ?? 1, String(plan.spanMs));
  const shown = top === ticks.at(-1) ? ticks : countTicks(top);
  const from = bars[0]?.at ?? now;
  const to = (bars.at(-1)?.at ?? now) + plan.barMs;
  if (isTable) return <AttemptsTable bars={bars} now={now} />;
  const at = pointed === null ? null : Math.floor(pointed * bars.length);
  const bar = at === null ? undefined : bars[at];
  return (
    <div className={flags.length > 0 ? 'pad flagged' : 'pad'}>
      <Chart
        label={labelOf(bars, plan)}
        height={176}
        left={34}
        values={shown.map((tick) => ({ share: tick / top, text: shortCount(tick) }))}
        times={timeTicks(from, to, zone, undefined, end ?? word)}
        onPoint={setPointed}
        over={
          <>
            {onPick && onReset && (
              <Brush
                onPick={(a, b) => {
                  const zoom = picked({ from, to }, a, b);
                  if (zoom) onPick(zoom);
                }}
                onReset={onReset}
              />
            )}
            <FlagLines groups={flags} isNamed />
            {bar && at !== null && (
              <Tip share={(at + 0.5) / bars.length}>
                <span className="faint num">
                  from {clockOrDate(bar.at, zone, now)}, {plan.words.replace('every ', '')}
                </span>
                {OUTCOMES.map(({ name, words, tone }) => (
                  <span key={name}>
                    <i className="sw" style={{ background: `var(--${tone}-fill)` }} />
                    {words}
                    <b className="num">{count(bar[name])}</b>
                  </span>
                ))}
              </Tip>
            )}
          </>
        }
      >
        <StackedBars bars={bars} top={top} />
      </Chart>
    </div>
  );
}

function labelOf(bars: readonly Bar[], plan: RangePlan): string {
  const sum = (name: 'succeeded' | 'retried' | 'lost'): number =>
    bars.reduce((total, bar) => total + bar[name], 0);
  return `Attempts ${plan.words}: ${plural(sum('succeeded'), 'attempt')} succeeded, ${count(sum('retried'))} failed and will be retried, ${count(sum('lost'))} failed for good`;
}
