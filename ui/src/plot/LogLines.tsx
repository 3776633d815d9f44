import { logTicks, type TimeTick } from '../core/axis';
import { duration } from '../core/time';
import { Chart } from './Chart';

export interface Line {
  name: string;
  className: string;
  points: readonly { share: number; value: number }[];
}

interface LogLinesProps {
  label: string;
  lines: readonly Line[];
  times: readonly TimeTick[];
  /** A longer silence than this share of the width breaks a line. */
  gap: number;
}

const LEAST_APART = 13;
const HEIGHT = 160;

const tickText = (ms: number): string => (ms >= 1 ? duration(ms).replace('.00', '') : `${ms} ms`);

/** Durations over time on a logarithmic scale, each line named at its end. */
export function LogLines({ label, lines, times, gap }: LogLinesProps) {
  const all = lines.flatMap((line) => line.points.map((point) => point.value)).filter((value) => value > 0);
  const ticks = all.length > 0 ? logTicks(Math.min(...all), Math.max(...all)) : [1, 10];
  const [low, high] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  const share = (value: number): number =>
    Math.max(0, (Math.log10(Math.max(value, 1e-3)) - low) / (high - low));
  const path = (line: Line): string =>
    line.points
      .map((point, i) => {
        const before = line.points[i - 1];
        const isBroken = !before || point.share - before.share > gap;
        const place = `${(point.share * 1000).toFixed(1)} ${(100 - share(point.value) * 100).toFixed(1)}`;
        return isBroken ? `M${place}h.1` : `L${place}`;
      })
      .join('');
  return (
    <Chart
      label={label}
      height={HEIGHT}
      left={42}
      right={92}
      values={ticks.map((tick) => ({ share: share(tick), text: tickText(tick) }))}
      times={times}
      over={endLabels(lines, share).map(({ line, top, value }) => (
        <span key={line.name} className="tag num end" style={{ top }}>
          <span className="faint">{line.name}</span>{' '}
          {value > 0 && value < 1 ? `${value.toFixed(2)} ms` : duration(value)}
        </span>
      ))}
    >
      {lines.map((line) => (
        <path key={line.name} className={`ln ${line.className}`} d={path(line)} />
      ))}
    </Chart>
  );
}

/** Names beside the last points, moved apart where they would cover each other. */
function endLabels(lines: readonly Line[], share: (value: number) => number) {
  const found = lines
    .flatMap((line) => {
      const last = line.points.at(-1);
      return last ? [{ line, value: last.value, top: (1 - share(last.value)) * HEIGHT }] : [];
    })
    .sort((a, b) => a.top - b.top);
  found.forEach((label, i) => {
    const above = found[i - 1];
    if (above) label.top = Math.max(label.top, above.top + LEAST_APART);
  });
  found.forEach((label, i) => {
    label.top = Math.min(label.top, HEIGHT - (found.length - 1 - i) * LEAST_APART);
  });
  return found;
}
