import type { Job } from '../../api/types';
import { countTicks, timeTicks } from '../../core/axis';
import { deathsOverTime, diedAt } from '../../core/deadLetters';
import { count, plural } from '../../core/numbers';
import { clockOrDate, millis } from '../../core/time';
import { flagGroups } from '../../core/timeline';
import { Chart } from '../../plot/Chart';
import { FlagLines } from '../../plot/FlagLines';
import { useNow } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { useNowWord } from '../past/context';
import { useGroupFlags } from './useGroupFlags';

const PARTS = 72;
const LEAST_MS = 5 * 60_000;
const STEP_MS = 5000;

/** Closer than this, two flags share a place. */
const APART = 0.03;

/** When the jobs became dead letters, from the first one to now, and what was changed about the system meanwhile. */
export function OverTime({ jobs }: { jobs: readonly Job[] }) {
  const zone = useZone();
  const end = useNowWord();
  const to = useNow(true, STEP_MS) + STEP_MS;
  const first = jobs.reduce((min, job) => Math.min(min, millis(diedAt(job))), to);
  const span = Math.max(LEAST_MS, (to - first) * 1.05);
  const from = to - span;
  const bars = deathsOverTime(jobs, from, to, PARTS);
  const ticks = countTicks(Math.max(...bars));
  const top = ticks.at(-1) ?? 1;
  const { flags, since } = useGroupFlags(jobs, { from, to });
  const groups = flagGroups(flags, { from, to }, APART);
  const step = 1000 / PARTS;
  return (
    <section aria-labelledby="h-time">
      <div className="hd">
        <h2 id="h-time">Dead-lettered over time</h2>
        <span className="grow" />
        <span className="sub num">
          since {clockOrDate(first, zone, to)}
          {since !== null && since > first && `, changes since ${clockOrDate(since, zone, to)}`}
        </span>
      </div>
      <div className={groups.length > 0 ? 'padc flagged' : 'padc'}>
        <Chart
          label={`${plural(jobs.length, 'job')} became dead letters since ${clockOrDate(first, zone, to)}`}
          height={72}
          left={28}
          values={ticks
            .filter((_, i) => i === 0 || i === ticks.length - 1)
            .map((tick) => ({ share: tick / top, text: count(tick) }))}
          times={timeTicks(from, to, zone, 5, end)}
          over={<FlagLines groups={groups} isNamed />}
        >
          {bars.map(
            (n, i) =>
              n > 0 && (
                <rect
                  key={i}
                  className="f-failed"
                  x={i * step + step * 0.1}
                  width={step * 0.8}
                  y={100 - (n / top) * 100}
                  height={(n / top) * 100}
                />
              ),
          )}
        </Chart>
      </div>
    </section>
  );
}
