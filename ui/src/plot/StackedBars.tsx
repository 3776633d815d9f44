import type { Bar } from '../core/history';

const CAP = 1.3;

interface StackedBarsProps {
  bars: readonly Bar[];
  top: number;
}

/** Succeeded is pale under a full cap, so that failures on top of it stand out. */
export function StackedBars({ bars, top }: StackedBarsProps) {
  const step = 1000 / bars.length;
  const width = step * 0.78;
  return bars.map((bar, i) => {
    const [good, again, lost] = [bar.succeeded, bar.retried, bar.lost].map((n) => (n / top) * 100) as [
      number,
      number,
      number,
    ];
    if (good + again + lost === 0) return null;
    const place = { x: i * step + (step - width) / 2, width };
    return (
      <g key={bar.at}>
        {good > 0 && <rect className="f-succeeded pale" {...place} y={100 - good} height={good} />}
        {good > 0 && <rect className="f-succeeded" {...place} y={100 - good} height={Math.min(good, CAP)} />}
        {again > 0 && <rect className="f-retrying" {...place} y={100 - good - again} height={again} />}
        {lost > 0 && <rect className="f-failed" {...place} y={100 - good - again - lost} height={lost} />}
      </g>
    );
  });
}
