import { type Depth, endedBars } from '../../core/depth';
import { count } from '../../core/numbers';
import { clockOrDate } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { useNowWord } from '../past/context';

interface DepthTableProps {
  series: readonly Depth[];
  stepMs: number;
  now: number;
}

/** The charts of a queue as numbers, the newest first. */
export function DepthTable({ series, stepMs, now }: DepthTableProps) {
  const zone = useZone();
  const word = useNowWord();
  const ended = new Map(endedBars(series, stepMs).map((bar) => [bar.at, bar]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard.
    <div className="plainbox depths" tabIndex={0} role="region" aria-label="The queue as numbers">
      <table className="plain num">
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Queued</th>
            <th scope="col">Retrying</th>
            <th scope="col">Running</th>
            <th scope="col">Limit</th>
            <th scope="col">Succeeded since</th>
            <th scope="col">Failed since</th>
          </tr>
        </thead>
        <tbody>
          {series.toReversed().map((depth) => {
            const bar = ended.get(depth.at);
            return (
              <tr key={depth.at}>
                <th scope="row">{depth.at === now ? word : clockOrDate(depth.at, zone, now)}</th>
                <td>{count(depth.queued)}</td>
                <td>{count(depth.retrying)}</td>
                <td>{count(depth.running)}</td>
                <td>{depth.limit === null ? 'none' : count(depth.limit)}</td>
                <td>{bar ? count(bar.succeeded) : '–'}</td>
                <td>{bar ? count(bar.lost) : '–'}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
