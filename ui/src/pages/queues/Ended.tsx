import { countTicks, type TimeTick } from '../../core/axis';
import type { Bar } from '../../core/history';
import { count, plural, shortCount } from '../../core/numbers';
import type { FlagGroup } from '../../core/timeline';
import { Chart } from '../../plot/Chart';
import { FlagLines } from '../../plot/FlagLines';
import { useHeldTop } from '../../plot/useHeldTop';

interface EndedProps {
  bars: readonly Bar[];
  /** Where the axis begins, and its length. */
  from: number;
  spanMs: number;
  stepMs: number;
  times: readonly TimeTick[];
  flags: readonly FlagGroup[];
}

const CAP = 1.3;
const LEAST = 4;

/** How many jobs ended well, and how many as dead letters. */
export function Ended({ bars, from, spanMs, stepMs, times, flags }: EndedProps) {
  const wanted = countTicks(Math.max(1, ...bars.map((bar) => bar.succeeded + bar.lost)));
  const top = useHeldTop(wanted.at(-1) ?? 1, 'ended');
  const ticks = top === wanted.at(-1) ? wanted : countTicks(top);
  const sum = (name: 'succeeded' | 'lost'): number => bars.reduce((total, bar) => total + bar[name], 0);
  const step = (stepMs / spanMs) * 1000;
  return (
    <Chart
      label={`Jobs that ended: ${plural(sum('succeeded'), 'job')} succeeded, ${count(sum('lost'))} failed`}
      height={150}
      left={34}
      values={ticks.map((tick) => ({ share: tick / top, text: shortCount(tick) }))}
      times={times}
      over={<FlagLines groups={flags} />}
    >
      {bars.map((bar) => {
        // The last one is still filling, and ends where the axis does.
        const x = Math.min(1000 - LEAST, ((bar.at - from) / spanMs) * 1000 + step * 0.11);
        const place = { x, width: Math.min(step * 0.78, 1000 - x) };
        const [good, lost] = [(bar.succeeded / top) * 100, (bar.lost / top) * 100];
        return (
          <g key={bar.at}>
            {good > 0 && <rect className="f-succeeded pale" {...place} y={100 - good} height={good} />}
            {good > 0 && (
              <rect className="f-succeeded" {...place} y={100 - good} height={Math.min(good, CAP)} />
            )}
            {lost > 0 && <rect className="f-failed" {...place} y={100 - good - lost} height={lost} />}
          </g>
        );
      })}
    </Chart>
  );
}
