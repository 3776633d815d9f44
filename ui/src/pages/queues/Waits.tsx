import { type Decade, decades, quantile } from '../../core/depth';
import { count, percent, plural } from '../../core/numbers';
import { duration } from '../../core/time';

const SHARES = [0.5, 0.9, 0.99] as const;

const words = ({ from }: Decade): string => {
  if (from === 0) return 'under 1 ms';
  return `from ${duration(from).replace('.00', '').replace(' 00 s', '')}`;
};

/** How long the newest jobs waited for their first start, by powers of ten. */
export function Waits({ waits }: { waits: readonly number[] }) {
  const bars = decades(waits);
  if (bars.length === 0) return <p className="faint none">None of the newest jobs has started.</p>;
  const most = Math.max(...bars.map(({ n }) => n));
  return (
    <div className="waits">
      <dl className="num" aria-label="Percentiles of the wait">
        {SHARES.map((share) => (
          <div key={share}>
            <dt className="sub">p{share * 100}</dt>
            <dd>{duration(quantile(waits, share) ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <ul aria-label={`Waits of ${plural(waits.length, 'job')}`}>
        {bars.map((bar) => (
          <li key={bar.from} className="num">
            <span className="dim nowrap">{words(bar)}</span>
            <span className="meter">
              <i style={{ width: `${(bar.n / most) * 100}%` }} />
            </span>
            <span className="right" title={`${count(bar.n)} of ${count(waits.length)}`}>
              {percent(bar.n / waits.length)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
