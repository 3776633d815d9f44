import type { LabReport, LabRunResult, LabSeries, LabSide } from '../../api/lab';
import { hasEnded } from '../../api/lab';
import { countTicks, rateTicks } from '../../core/axis';
import { choiceName } from '../../core/labHistory';
import { count, percent, rate, shortCount } from '../../core/numbers';
import { duration } from '../../core/time';
import { PHONE, useMedia } from '../../ui/useMedia';
import { Lines } from './Lines';
import { SideMark, sideOf } from './SideMark';

const STORM = 2;
const ROOMY = '(min-width: 1800px) and (min-height: 1000px)';

interface ChartsProps {
  run: LabRunResult;
}

/** How far the axes go: what was played, or while it goes on at least the scenario's jobs so far. */
function endOf(run: LabRunResult): number {
  const ends = run.sides.map(({ series, report }) =>
    report ? report.virtual_us : series.unfinished.length * series.width_us,
  );
  return Math.max(1_000_000, ...ends);
}

const lineOf = (of: (series: LabSeries) => (number | null)[]) => (side: LabSide) => ({
  values: of(side.series),
  width: side.series.width_us,
});

/** Means of whole slots: the last one may have only begun. */
function means(run: LabRunResult, { series, report, side }: LabSide, of: (series: LabSeries) => number[]) {
  const now = report?.virtual_us ?? (run.progress.side === side ? run.progress.now_us : 0);
  const whole = Math.max(1, Math.floor(now / series.width_us));
  return { values: of(series).slice(0, whole), width: series.width_us };
}

const topOf = (values: readonly (number | null)[]): number[] =>
  countTicks(Math.max(1, ...values.map((value) => value ?? 0)));

export function Charts({ run }: ChartsProps) {
  const { sides, outages } = run;
  const isPhone = useMedia(PHONE);
  const isRoomy = useMedia(ROOMY);
  const end = endOf(run);
  const common = { end, outages };
  const first = sides[0];
  const attempts = sides.map((side) => means(run, side, (series) => series.attempts_per_second));
  const arrivals = first && means(run, first, (series) => series.created_per_second);
  const rates = rateTicks(
    Math.max(0, ...[...attempts, ...(arrivals ? [arrivals] : [])].flatMap(({ values }) => values)),
  );
  const unfinished = sides.map(lineOf((series) => series.unfinished));
  const jobs = topOf(unfinished.flatMap(({ values }) => values));
  const shares = sides.map(lineOf((series) => series.succeeded_share));
  const lowest = Math.min(1, ...shares.flatMap(({ values }) => values.flatMap((value) => value ?? [])));
  const low = Math.max(0, Math.floor((lowest - 0.02) * 10) / 10);
  const width = first?.series.width_us ?? 0;
  return (
    <>
      <section className="sec" aria-labelledby="h-attempts">
        <header>
          <h2 id="h-attempts">Attempts per second</h2>
          <span className="sub">virtual time, means of {duration(width / 1000).replace('.00', '')}</span>
          <span className="grow" />
          <Legend run={run} />
        </header>
        <div className="pad">
          <Lines
            {...common}
            label={`Attempts per second over virtual time. ${peaks(run)}`}
            height={isRoomy ? 240 : 158}
            left={40}
            labels={isPhone ? 4 : 7}
            lines={attempts}
            behind={arrivals && { name: 'new jobs', ...arrivals }}
            low={0}
            high={rates.at(-1) ?? 1}
            ticks={rates.map((tick) => ({
              share: tick / (rates.at(-1) ?? 1),
              text: tick > 0 && tick < 4 ? String(tick) : shortCount(tick),
            }))}
            isFilled
            show={rate}
          >
            <Storms run={run} end={end} />
          </Lines>
        </div>
      </section>
      <div className="duo">
        <section aria-labelledby="h-unfinished">
          <header className="hd">
            <h2 id="h-unfinished">Jobs not finished</h2>
            <span className="sub">queued, running or retrying</span>
          </header>
          <div className="pad">
            <Lines
              {...common}
              label="Unfinished jobs over virtual time."
              height={isRoomy ? 130 : 84}
              left={40}
              lines={unfinished}
              low={0}
              high={jobs.at(-1) ?? 1}
              ticks={jobs.map((tick) => ({
                share: tick / (jobs.at(-1) ?? 1),
                text: shortCount(tick),
              }))}
              labels={isPhone ? 3 : 4}
              show={(value) => count(value)}
            />
          </div>
        </section>
        <section aria-labelledby="h-share">
          <header className="hd">
            <h2 id="h-share">Succeeded, share of created so far</h2>
          </header>
          <div className="pad">
            <Lines
              {...common}
              label="Share of the jobs created so far that have succeeded, over virtual time."
              height={isRoomy ? 130 : 84}
              left={44}
              lines={shares}
              low={low}
              high={1}
              ticks={[0, 0.5, 1].map((share) => ({
                share,
                text: `${Math.round((low + share * (1 - low)) * 100)} %`,
              }))}
              labels={isPhone ? 3 : 4}
              show={percent}
            />
          </div>
        </section>
      </div>
    </>
  );
}

function Legend({ run }: { run: LabRunResult }) {
  const names = [choiceName(run, run.a), choiceName(run, run.b)];
  return (
    <div className="legend">
      {run.sides.map((side, i) => (
        <span key={side.side}>
          <SideMark side={sideOf(i)} />
          {names[i]}
        </span>
      ))}
      <span>
        <i className="sw line dash" />
        new jobs
      </span>
      {run.outages.length > 0 && (
        <span>
          <i className="sw down" />
          outage
        </span>
      )}
    </div>
  );
}

const reportsOf = (run: LabRunResult): (LabReport | null)[] =>
  hasEnded(run) ? run.sides.map(({ report }) => report) : [];

const peaks = (run: LabRunResult): string =>
  reportsOf(run)
    .flatMap((report, i) =>
      report ? [`${sideOf(i)} has at most ${count(report.figures.attempts_peak)} in a second.`] : [],
    )
    .join(' ');

/** Where the attempts were a multiple of what arrived. */
function Storms({ run, end }: { run: LabRunResult; end: number }) {
  return reportsOf(run).map((report, i) => {
    if (!report || report.figures.storm_factor < STORM) return null;
    const { attempts_peak: peak, attempts_peak_at_us: at, storm_factor: factor } = report.figures;
    const share = Math.min(1, at / end);
    const place =
      share > 0.55 ? { right: `${(1 - share) * 100 + 1}%` } : { left: `${Math.max(0, share) * 100 + 1}%` };
    return (
      <span key={sideOf(i)} className="tag storm num" style={{ top: 2 + i * 17, ...place }}>
        <b className={i === 0 ? '' : 'c-accent'}>{sideOf(i)}</b> {count(peak)} in one second,{' '}
        {factor.toFixed(1)}× the arrival rate
      </span>
    );
  });
}
