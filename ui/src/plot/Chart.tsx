import type { ReactNode } from 'react';
import type { TimeTick } from '../core/axis';

export interface ValueTick {
  /** 0 at the foot, 1 at the top. */
  share: number;
  text: string;
}

interface ChartProps {
  label: string;
  height: number;
  left: number;
  right?: number;
  values: readonly ValueTick[];
  times: readonly TimeTick[];
  /** Drawn on 1000 by 100 units that are stretched to the size. */
  children: ReactNode;
  over?: ReactNode;
  onPoint?(share: number | null): void;
}

/** Axes and hairlines around a drawing. */
export function Chart({
  label,
  height,
  left,
  right = 0,
  values,
  times,
  children,
  over,
  onPoint,
}: ChartProps) {
  return (
    <div
      className="chart"
      style={{ height, marginLeft: left, marginRight: right }}
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        onPoint?.(Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width)));
      }}
      onPointerLeave={() => onPoint?.(null)}
    >
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={label}>
        {values.map(({ share }) => (
          <line
            key={share}
            className="grid-line"
            x1="0"
            x2="1000"
            y1={100 - share * 100}
            y2={100 - share * 100}
          />
        ))}
        {children}
      </svg>
      <div aria-hidden="true">
        {values.map(({ share, text }) => (
          <span key={share} className="y" style={{ top: `${100 - share * 100}%`, left: -left }}>
            {text}
          </span>
        ))}
        {times.map(({ share, text }, i) => (
          <span
            key={share}
            className={i === times.length - 1 ? 'x last' : share < 0.03 ? 'x first' : 'x'}
            style={{ left: `${share * 100}%` }}
          >
            {text}
          </span>
        ))}
      </div>
      {over}
    </div>
  );
}
