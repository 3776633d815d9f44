import { useQuery } from '@tanstack/react-query';
import { listJobs } from '../../api/client';
import { countTicks, type TimeTick } from '../../core/axis';
import { NO_FILTER } from '../../core/filter';
import { count } from '../../core/numbers';
import { dueAt } from '../../core/status';
import { coarse } from '../../core/time';
import { Chart } from '../../plot/Chart';
import { useLiveRefetch } from '../useLiveRefetch';
import { Panel } from './Panel';

const MINUTE = 60_000;
const HORIZONS = [1, 5, 15, 60] as const;
const BARS = 60;
const COVERED = 0.9;
const REQUEST = '/jobs?status=RETRYING&limit=1000';
const KEY = ['retries-due'] as const;
const GAP_MS = 5000;

/** The shortest stretch in which nearly all of the times lie. */
export function horizonOf(times: readonly number[], now: number): number {
  const within = (minutes: number): number => times.filter((at) => at - now < minutes * MINUTE).length;
  return HORIZONS.find((minutes) => within(minutes) >= times.length * COVERED) ?? 60;
}

/** How many of the times lie in each bar from now on, and how many lie beyond. */
export function dueBars(times: readonly number[], now: number, barMs: number) {
  const bars: number[] = new Array(BARS).fill(0);
  let later = 0;
  for (const at of times) {
    const place = Math.max(0, Math.floor((at - now) / barMs));
    if (place >= BARS) later++;
    else bars[place] = (bars[place] ?? 0) + 1;
  }
  return { bars, later };
}

const timesOf = (minutes: number): TimeTick[] =>
  [0, 1, 2, 3].map((third) => {
    const at = coarse((minutes * MINUTE * third) / 3).replace(' 00 s', '');
    return { share: third / 3, text: third === 0 ? 'now' : `+${at}` };
  });

/** What the log already knows of the next minutes: the scheduled retries. */
export function RetriesDue({ now }: { now: number }) {
  useLiveRefetch(KEY, GAP_MS);
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => listJobs(NO_FILTER, REQUEST),
    refetchOnMount: 'always',
  });
  const page = query.data;
  const dues = (page?.jobs ?? []).map((job) => dueAt(job) ?? now);
  const minutes = horizonOf(dues, now);
  const barMs = (minutes * MINUTE) / BARS;
  const { bars, later } = dueBars(dues, now, barMs);
  return (
    <Panel
      id="h-due"
      title="Retries due"
      sub={`next ${minutes} min, every ${coarse(barMs)}`}
      side={
        page && (
          <span className="sub num">
            {count(page.total)} waiting{later > 0 && `, ${count(later)} later`}
          </span>
        )
      }
      query={query}
      request={`GET ${REQUEST}`}
    >
      {({ jobs, next, total }) => {
        const peak = Math.max(...bars);
        if (total === 0) return <p className="faint none">No job waits for a retry.</p>;
        const ticks = countTicks(peak);
        const top = ticks.at(-1) ?? 1;
        return (
          <>
            <div className="pad low">
              <Chart
                label={`${count(jobs.length - later)} retries are due in the next ${minutes} minutes, at most ${count(peak)} in ${coarse(barMs)}`}
                height={160}
                left={28}
                values={ticks.map((tick) => ({ share: tick / top, text: count(tick) }))}
                times={timesOf(minutes)}
                over={<Peak bars={bars} peak={peak} top={top} barMs={barMs} />}
              >
                {bars.map((n, i) => n > 0 && <DueBar key={i} place={i} share={n / top} />)}
              </Chart>
            </div>
            {next !== null && <p className="sub foot">read from the newest {count(jobs.length)} jobs</p>}
          </>
        );
      }}
    </Panel>
  );
}

function DueBar({ place, share }: { place: number; share: number }) {
  const step = 1000 / BARS;
  const at = { x: place * step + step * 0.1, width: step * 0.8, y: 100 - share * 100 };
  return (
    <>
      <rect className="f-retrying pale" {...at} height={share * 100} />
      <rect className="f-retrying" {...at} height="1.6" />
    </>
  );
}

interface PeakProps {
  bars: readonly number[];
  peak: number;
  top: number;
  barMs: number;
}

/** Names the highest bar when it stands out: more than twice the mean. */
function Peak({ bars, peak, top, barMs }: PeakProps) {
  const sum = bars.reduce((total, n) => total + n, 0);
  if (peak < 4 || peak <= (2 * sum) / BARS) return null;
  const at = bars.indexOf(peak);
  const share = (at + 0.5) / BARS;
  const side = share > 0.6 ? { right: `${(1 - share) * 100 + 2}%` } : { left: `${share * 100 + 2}%` };
  return (
    <span className="tag num" style={{ ...side, top: `${Math.max(0, 100 - (peak / top) * 100)}%` }}>
      <b className="c-retrying med">{count(peak)}</b> {at === 0 ? 'now' : `in ${coarse(at * barMs)}`}
    </span>
  );
}
