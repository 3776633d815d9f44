import type { ReactNode } from 'react';
import { countTicks, type TimeTick } from '../../core/axis';
import { shortCount } from '../../core/numbers';
import type { FlagGroup } from '../../core/timeline';
import { Areas } from '../../plot/Areas';
import { Chart } from '../../plot/Chart';
import { FlagLines } from '../../plot/FlagLines';
import { useHeldTop } from '../../plot/useHeldTop';

interface DepthChartProps {
  label: string;
  shares: readonly number[];
  layers: readonly { tone: string; values: readonly number[] }[];
  /** A line over the areas; null where there is none. */
  limits?: readonly (number | null)[];
  times: readonly TimeTick[];
  flags: readonly FlagGroup[];
  hasNames?: boolean;
  over?: ReactNode;
}

const HEIGHT = 150;

/** Numbers of jobs over time, stacked. */
export function DepthChart({
  label,
  shares,
  layers,
  limits = [],
  times,
  flags,
  hasNames,
  over,
}: DepthChartProps) {
  const sums = shares.map((_, i) => layers.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  const wanted = countTicks(Math.max(1, ...sums, ...limits.map((limit) => limit ?? 0)));
  const top = useHeldTop(wanted.at(-1) ?? 1, label.slice(0, 8));
  const ticks = top === wanted.at(-1) ? wanted : countTicks(top);
  return (
    <Chart
      label={label}
      height={HEIGHT}
      left={34}
      values={ticks.map((tick) => ({ share: tick / top, text: shortCount(tick) }))}
      times={times}
      over={
        <>
          <FlagLines groups={flags} isNamed={hasNames ?? false} />
          {over}
        </>
      }
    >
      <Areas shares={shares} layers={layers} top={top} />
      <path className="ln s-text2 dashed" d={stepped(shares, limits, top)} />
    </Chart>
  );
}

/** From each moment on as it was then, until the next one. */
function stepped(shares: readonly number[], limits: readonly (number | null)[], top: number): string {
  return limits
    .map((limit, i) => {
      if (limit === null) return '';
      const y = (100 - (limit / top) * 100).toFixed(2);
      const from = ((shares[i] ?? 0) * 1000).toFixed(1);
      const to = ((shares[i + 1] ?? 1) * 1000).toFixed(1);
      return `${limits[i - 1] == null ? 'M' : 'L'}${from} ${y}H${to}`;
    })
    .join('');
}
