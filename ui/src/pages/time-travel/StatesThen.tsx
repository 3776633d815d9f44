import { memo } from 'react';
import type { Counts, Status } from '../../api/types';
import { change } from '../../core/comparison';
import { count } from '../../core/numbers';
import { SUCCEEDED_LAST, statusClass, statusLabel } from '../../core/status';
import { StatusMark } from '../../ui/Glyph';

interface StatesThenProps {
  then: Counts;
  /** Null where then is now. */
  now: Counts | null;
}

/** Eight counts as they were, beside those of now. Succeeded has a scale of its own. */
export const StatesThen = memo(function StatesThen({ then, now }: StatesThenProps) {
  const others = SUCCEEDED_LAST.filter((status) => status !== 'SUCCEEDED');
  const top = Math.max(1, ...others.map((status) => Math.max(then[status], now?.[status] ?? 0)));
  const scale = (status: Status): number =>
    status === 'SUCCEEDED' ? Math.max(1, then.SUCCEEDED, now?.SUCCEEDED ?? 0) : top;
  return (
    <section aria-labelledby="h-states">
      <header className="hd">
        <h2 id="h-states">Jobs by status</h2>
        <span className="grow" />
        {now && <span className="sub">bar is then, tick is now</span>}
      </header>
      <ul className="then">
        {SUCCEEDED_LAST.map((status) => {
          const width = then[status] === 0 ? 0 : Math.max(1.5, (then[status] / scale(status)) * 100);
          const difference = now ? change(then[status], now[status]) : null;
          return (
            <li key={status}>
              <StatusMark status={status} />
              <span className="mt" aria-hidden="true">
                <i
                  className={status === 'SUCCEEDED' ? 'pale' : undefined}
                  style={{ width: `${width}%`, background: `var(--${statusClass(status)}-fill)` }}
                />
                {now && <u style={{ left: `${(now[status] / scale(status)) * 100}%` }} />}
              </span>
              <span className={then[status] === 0 ? 'num right faint' : 'num right'}>
                {count(then[status])}
              </span>
              <span
                className="num right faint"
                title={now ? `${statusLabel(status)} now: ${count(now[status])}` : undefined}
              >
                {difference}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
});
