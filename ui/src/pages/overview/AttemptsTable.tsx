import type { Bar } from '../../core/history';
import { count } from '../../core/numbers';
import { clockOrDate } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { OUTCOMES } from './outcomes';

/** The bars as numbers, the newest first; the ones in which nothing happened are left out. */
export function AttemptsTable({ bars, now }: { bars: readonly Bar[]; now: number }) {
  const zone = useZone();
  const rows = bars.filter((bar) => bar.succeeded + bar.retried + bar.lost > 0).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard.
    <div className="plainbox attempts" tabIndex={0} role="region" aria-label="Attempts as numbers">
      <table className="plain num">
        <thead>
          <tr>
            <th scope="col">From</th>
            {OUTCOMES.map(({ name, words }) => (
              <th key={name} scope="col">
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((bar) => (
            <tr key={bar.at}>
              <th scope="row">{clockOrDate(bar.at, zone, now)}</th>
              {OUTCOMES.map(({ name }) => (
                <td key={name}>{count(bar[name])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
