import type { Job } from '../api/types';
import { jobTicks, type Tick, ticksLabel } from '../core/ticks';

const CLASSES: Record<Tick, string> = {
  failed: 'f',
  succeeded: 'o',
  running: 'r',
  cancelled: 'c',
  left: '',
  gap: 'gap',
};

export function Ticks({ ticks, label }: { ticks: readonly Tick[]; label: string }) {
  return (
    <span className="ticks" role="img" aria-label={label}>
      {ticks.map((tick, i) => (
        <i key={i} className={CLASSES[tick]} />
      ))}
    </span>
  );
}

export const JobTicks = ({ job }: { job: Job }) => <Ticks ticks={jobTicks(job)} label={ticksLabel(job)} />;
