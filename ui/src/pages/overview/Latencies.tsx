import type { Resolution, Slot } from '../../api/history';
import { timeTicks } from '../../core/axis';
import { slotMs } from '../../core/history';
import { LogLines } from '../../plot/LogLines';
import { useZone } from '../../ui/preferences';

export type Measure = 'run_ms' | 'wait_ms' | 'total_ms';

export const MEASURES = [
  ['run_ms', 'Run'],
  ['wait_ms', 'Wait'],
  ['total_ms', 'Total'],
] as const;

const WORDS: Record<Measure, string> = {
  run_ms: 'Time of an attempt from its start to its end',
  wait_ms: 'Time a job waits for its attempt once it may start',
  total_ms: 'Time from the creation of a job to its end',
};

const LINES = [
  ['p99', 's-text2 dashed'],
  ['p90', 's-queued'],
  ['p50', 's-text3'],
] as const;

interface LatenciesProps {
  slots: readonly Slot[];
  measure: Measure;
  resolution: Resolution;
  spanMs: number;
  now: number;
  /** What the end of the axis is called, where it is not now. */
  end?: string | undefined;
}

export function Latencies({ slots, measure, resolution, spanMs, now, end }: LatenciesProps) {
  const zone = useZone();
  const from = now - spanMs;
  const shown = slots.filter((slot) => slot.at >= from && slot[measure].count > 0);
  if (shown.length === 0) return <p className="faint none">Nothing was measured in this time.</p>;
  const length = slotMs(resolution);
  const lines = LINES.map(([name, className]) => ({
    name,
    className,
    points: shown.map((slot) => ({
      share: Math.min(1, (slot.at + length / 2 - from) / spanMs),
      value: slot[measure][name],
    })),
  }));
  return (
    <div className="pad low">
      <LogLines
        label={`${WORDS[measure]}: percentiles of each ${resolution}, logarithmic scale`}
        lines={lines}
        times={timeTicks(from, now, zone, 4, end)}
        gap={(length * 2.5) / spanMs}
      />
    </div>
  );
}
