import { useQuery } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import { count } from '../../core/numbers';
import { redriveLoad } from '../../core/redrive';
import { coarse } from '../../core/time';

interface LoadForecastProps {
  queue: string;
  jobs: number;
  perSecond: number;
  /** How long an attempt of them took. */
  runMs: number;
}

const HEIGHT = 44;
const figure = (n: number): string => (n >= 10 ? count(n) : n.toFixed(1));

/** How much of the queue a redrive takes: what runs there now is grey, what is sent comes on top. */
export function LoadForecast({ queue: name, jobs, perSecond, runMs }: LoadForecastProps) {
  const { data } = useQuery({ queryKey: keys.queues, queryFn: listQueues, refetchOnMount: 'always' });
  const queue = data?.find((each) => each.name === name);
  const { bars, peak, sentMs, spanMs } = redriveLoad(jobs, perSecond, runMs);
  const base = queue?.running ?? 0;
  const limit = queue?.concurrency ?? null;
  const top = Math.max(1, base + peak, limit ?? 0) * 1.1;
  const step = 1000 / bars.length;
  const height = (n: number): number => (n / top) * 100;
  const isOver = limit !== null && base + peak > limit;
  return (
    <div className="load">
      <div className="row between">
        <span className="lab">Load on {name}</span>
        <span className="sub num">{limit === null ? 'no limit' : `limit ${count(limit)}`}</span>
      </div>
      <svg
        viewBox="0 0 1000 100"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={`At most ${figure(peak)} attempts more at a time, for ${coarse(sentMs)}`}
      >
        {bars.map((n, i) => (
          <g key={i}>
            <rect
              className="f-mute"
              x={i * step}
              width={step * 0.8}
              y={100 - height(base)}
              height={height(base)}
            />
            <rect
              className="f-accent"
              x={i * step}
              width={step * 0.8}
              y={100 - height(base + n)}
              height={height(n)}
            />
          </g>
        ))}
        {limit !== null && (
          <path className="ln s-text2 dashed" d={`M0 ${100 - height(limit)}H1000`} fill="none" />
        )}
      </svg>
      <p className="row between sub num" aria-hidden="true">
        <span>now</span>
        <span>+{coarse(sentMs)}, all sent</span>
        <span>+{coarse(spanMs)}</span>
      </p>
      <p className={isOver ? 'c-retrying num' : 'sub num'}>
        About {figure(peak)} more at a time beside {count(base)} that run{base === 1 ? 's' : ''} now
        {isOver ? `: more than the limit, so some will wait.` : '.'}
      </p>
    </div>
  );
}
