import type { EventBar } from '../core/history';

const LEAST = 4;

interface EventBarsProps {
  bars: readonly EventBar[];
  /** Where a bar begins and how much there is for each, of 1000; by default side by side over the whole width. */
  place?(bar: EventBar): number;
  step?: number;
}

/** Grey all events, amber on top what failed of the attempts, vermilion the dead letters; none of these is too small to see. */
export function EventBars({ bars, place, step = 1000 / bars.length }: EventBarsProps) {
  const top = Math.max(1, ...bars.map((bar) => bar.all));
  const width = step * 0.68;
  const height = (n: number): number => (n === 0 ? 0 : Math.max(LEAST, (n / top) * 100));
  return bars.map((bar, i) => {
    const [dead, failed] = [height(bar.dead), height(bar.failed)];
    const all = Math.max(height(bar.all), dead + failed);
    const at = { x: (place ? place(bar) : i * step) + (step - width) / 2, width };
    return (
      <g key={bar.at}>
        <rect className="f-mute" {...at} y={100 - Math.max(all, 2)} height={Math.max(all, 2)} />
        {failed > 0 && <rect className="f-retrying" {...at} y={100 - all + dead} height={failed} />}
        {dead > 0 && <rect className="f-failed" {...at} y={100 - all} height={dead} />}
      </g>
    );
  });
}
