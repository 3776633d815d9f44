import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

interface FigureProps {
  label: string;
  status: string;
  value: string;
  unit?: string;
  change?: string | null;
  context: ReactNode;
  trend?: ReactNode;
}

/** One figure, with what it was an hour ago, its trend, and a line of context; it leads to the jobs it is about. */
export function Figure({ label, status, value, unit, change, context, trend }: FigureProps) {
  return (
    <Link className="kpi" to="/jobs" search={{ status }} preload={false}>
      <span className="row between">
        <span className="sub">{label}</span>
        {change && (
          <span className="sub num" title="Against one hour ago">
            {change}
          </span>
        )}
      </span>
      <span className="row between end">
        <span className="big num">
          {value}
          {unit && <small>{unit}</small>}
        </span>
        {trend}
      </span>
      <span className="sub num ellip">{context}</span>
    </Link>
  );
}

/** `+3.1/s`, with a true minus; nothing where an hour ago nothing is known of. */
export function signed(
  now: number | null,
  before: number | null,
  words: (n: number) => string,
): string | null {
  if (now === null || before === null) return null;
  const gap = now - before;
  const text = words(Math.abs(gap));
  return /[1-9]/.test(text) ? `${gap < 0 ? '−' : '+'}${text}` : null;
}
