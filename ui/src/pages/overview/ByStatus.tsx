import { Link } from '@tanstack/react-router';
import type { FullStats } from '../../api/history';
import type { Status } from '../../api/types';
import { count } from '../../core/numbers';
import { SUCCEEDED_LAST, statusClass } from '../../core/status';
import { StatusMark } from '../../ui/Glyph';

/** Eight counts in fixed order. Succeeded is on another scale: its bar is pale and always full. */
export function ByStatus({ stats }: { stats: FullStats }) {
  const counts = stats.by_status;
  const top = Math.max(
    1,
    ...SUCCEEDED_LAST.filter((status) => status !== 'SUCCEEDED').map((status) => counts[status]),
  );
  const width = (status: Status): number => {
    if (counts[status] === 0) return 0;
    return status === 'SUCCEEDED' ? 100 : Math.max(1.5, (counts[status] / top) * 100);
  };
  return (
    <ul className="states">
      {SUCCEEDED_LAST.map((status) => (
        <li key={status}>
          <Link to="/jobs" search={{ status: statusClass(status) }} preload={false}>
            <StatusMark status={status} />
            <span className="meter">
              <i
                className={status === 'SUCCEEDED' ? 'pale' : undefined}
                style={{ width: `${width(status)}%`, background: `var(--${statusClass(status)}-fill)` }}
              />
            </span>
            <span className="num">{count(counts[status])}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
