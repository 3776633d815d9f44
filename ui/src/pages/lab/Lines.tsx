import { type ReactNode, useState } from 'react';
import type { LabOutage } from '../../api/generated';
import { virtualTicks, virtualTime } from '../../core/labTime';
import { Chart, type ValueTick } from '../../plot/Chart';
import { Tip } from '../../plot/Tip';
import { SideMark, sideOf } from './SideMark';

export interface LineOf {
  /** One value a slot. */
  values: readonly (number | null)[];
  /** Of a slot, in microseconds. */
  width: number;
}

interface LinesProps {
  label: string;
  height: number;
  left: number;
  /** A, then B. */
  lines: readonly LineOf[];
  /** Dashed, behind them: what both have in common. */
  behind?: LineOf & { name: string };
  /** The foot and the top of the axis. */
  low: number;
  high: number;
  ticks: readonly ValueTick[];
  labels?: number;
  /** The end of the axis. */
  end: number;
  outages: readonly LabOutage[];
  isFilled?: boolean;
  show(value: number): string;
  children?: ReactNode;
}

/** Curves of both sides over virtual time, with the outages behind them. */
export function Lines(props: LinesProps) {
  const { label, height, left, lines, behind, low, high, ticks, end, outages, show } = props;
  const [pointed, setPointed] = useState<number | null>(null);
  const share = (value: number): number => Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
  const x = (us: number): number => Math.min(1000, (us / end) * 1000);
  const places = ({ values, width }: LineOf): string[] =>
    values.flatMap((value, i) =>
      value === null ? [] : [`${x((i + 0.5) * width).toFixed(1)} ${(100 - share(value) * 100).toFixed(1)}`],
    );
  const path = (line: LineOf): string => {
    const all = places(line);
    return all.length > 0 ? `M${all.join('L')}` : '';
  };
  const area = (line: LineOf): string => {
    const all = places(line);
    const [first, last] = [all[0]?.split(' ')[0], all.at(-1)?.split(' ')[0]];
    return first === undefined ? '' : `M${first} 100L${all.join('L')}L${last} 100z`;
  };
  const valueAt = ({ values, width }: LineOf, at: number): number | null =>
    values[Math.floor((at * end) / width)] ?? null;
  const last = lines.at(-1);
  return (
    <Chart
      label={label}
      height={height}
      left={left}
      values={ticks}
      times={virtualTicks(end, props.labels)}
      onPoint={setPointed}
      over={
        <>
          {props.children}
          {pointed !== null && (
            <Tip share={pointed}>
              <span className="faint num">at {virtualTime(pointed * end)}</span>
              {lines.map((line, i) => {
                const value = valueAt(line, pointed);
                return (
                  <span key={sideOf(i)} className="num">
                    <SideMark side={sideOf(i)} />
                    <b>{value === null ? 'nothing yet' : show(value)}</b>
                  </span>
                );
              })}
              {behind && (
                <span className="num faint">
                  {behind.name} <b>{show(valueAt(behind, pointed) ?? 0)}</b>
                </span>
              )}
            </Tip>
          )}
        </>
      }
    >
      {outages.map(({ from_us: from, to_us: to }, i) => (
        <rect key={i} className="down" x={x(from)} width={Math.max(0, x(to) - x(from))} y="0" height="100" />
      ))}
      {props.isFilled && last && lines.length > 1 && <path className="fill-b" d={area(last)} />}
      {behind && <path className="ln new" d={path(behind)} />}
      {lines.map((line, i) => (
        <path key={sideOf(i)} className={i === 0 ? 'ln a' : 'ln b'} d={path(line)} />
      ))}
    </Chart>
  );
}
