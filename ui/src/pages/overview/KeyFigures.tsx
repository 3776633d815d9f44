import type { FullStats, Slot } from '../../api/history';
import { barsOf, successShare, sumsOf } from '../../core/history';
import { count, pace, percent, rate } from '../../core/numbers';
import { duration } from '../../core/time';
import { Sparkline } from '../../plot/Sparkline';
import { Backlog } from './Backlog';
import { Figure, signed } from './Figure';

const MINUTE = 60_000;
const TREND = 40;

export const DASH = '–';

const split = (text: string): [string, string] => {
  const at = text.search(/[^\d.,]/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at).trim()];
};

const points = (share: number): string => `${(share * 100).toFixed(1)} pt`;

/** The last whole minutes, the newest one last. */
function trends(slots: readonly Slot[], now: number) {
  const whole = Math.floor(now / MINUTE) * MINUTE;
  const bars = barsOf(slots, whole - 1, TREND * MINUTE, MINUTE);
  const byTime = new Map(slots.map((slot) => [slot.at, slot]));
  const at = (read: (slot: Slot) => number) =>
    bars.map((bar) => {
      const slot = byTime.get(bar.at);
      return slot ? read(slot) : null;
    });
  return {
    succeeded: at((slot) => slot.succeeded),
    share: at((slot) => successShare(slot) ?? 1),
    retried: at((slot) => slot.retried),
    run: at((slot) => slot.run_ms.p90),
    wait: at((slot) => slot.wait_ms.p90),
  };
}

interface KeyFiguresProps {
  stats: FullStats;
  seconds: readonly Slot[] | undefined;
  minutes: readonly Slot[];
  now: number;
}

/** What the last minute was like. */
export function KeyFigures({ stats, seconds, minutes, now }: KeyFiguresProps) {
  const { rates, latency, by_status: counts } = stats;
  const last = rates.last_60_s;
  const retries = seconds ? (sumsOf(seconds, now - MINUTE, now + MINUTE)?.retried ?? 0) / 60 : null;
  const share = successShare(last);
  const hourAgo = Math.floor(now / MINUTE) * MINUTE - 60 * MINUTE;
  const before = sumsOf(minutes, hourAgo, hourAgo + MINUTE);
  const then = minutes.find((slot) => slot.at === hourAgo);
  const slower = (of: 'run_ms' | 'wait_ms'): string | null => {
    const [a, b] = [latency[of], then?.[of]];
    return a.count > 0 && b && b.count > 0 ? signed(a.p90, b.p90, duration) : null;
  };
  const perSecond = (n: number | undefined): number | null => (n === undefined ? null : n / 60);
  const trend = trends(minutes, now);
  const attempts = Math.round((last.succeeded + last.failed) * 60);
  const [succeeded, retried] = [
    split(pace(last.succeeded)),
    retries === null ? ([DASH, ''] as const) : split(pace(retries)),
  ];
  const [run, wait] = [latency.run_ms, latency.wait_ms].map((of) =>
    of.count === 0 ? ([DASH, ''] as const) : split(duration(of.p90)),
  ) as [[string, string], [string, string]];
  return (
    <section className="kpis" aria-label="Key figures, last minute">
      <Figure
        label="Succeeded"
        status="succeeded"
        value={succeeded[0]}
        unit={succeeded[1]}
        change={signed(last.succeeded, perSecond(before?.succeeded), rate)}
        context={`${pace(last.created)} created`}
        trend={<Sparkline values={trend.succeeded} tone="succeeded" />}
      />
      <Figure
        label="Success rate"
        status="failed"
        value={share === null ? DASH : percent(share).replace(' %', '')}
        unit={share === null ? '' : '%'}
        change={signed(share, before && successShare(before), points)}
        context={attempts === 0 ? 'no attempt ended' : `of ${count(attempts)} attempts`}
        trend={<Sparkline values={trend.share} tone="succeeded" />}
      />
      <Figure
        label="Run time p90"
        status="running"
        value={run[0]}
        unit={run[1]}
        change={slower('run_ms')}
        context={latency.run_ms.count === 0 ? 'no attempt ended' : rest(latency.run_ms)}
        trend={<Sparkline values={trend.run} tone="queued" />}
      />
      <Figure
        label="Wait before start p90"
        status="queued"
        value={wait[0]}
        unit={wait[1]}
        change={slower('wait_ms')}
        context={latency.wait_ms.count === 0 ? 'no attempt started' : rest(latency.wait_ms)}
        trend={<Sparkline values={trend.wait} tone="queued" />}
      />
      <Figure
        label="Retries"
        status="retrying"
        value={retried[0]}
        unit={retried[1]}
        change={signed(retries, perSecond(before?.retried), rate)}
        context={retryWords(retries, attempts)}
        trend={<Sparkline values={trend.retried} tone="retrying" />}
      />
      <Backlog counts={counts} minutes={minutes} hourAgo={hourAgo} />
    </section>
  );
}

const rest = (of: { p50: number; p99: number }): string => `p50 ${duration(of.p50)}, p99 ${duration(of.p99)}`;

function retryWords(retries: number | null, attempts: number): string {
  if (retries === null) return 'not known now';
  return attempts === 0
    ? 'no attempt ended'
    : `${percent(Math.min(1, (retries * 60) / attempts))} of attempts`;
}
