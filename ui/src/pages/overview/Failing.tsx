import { Link } from '@tanstack/react-router';
import { failingGroups } from '../../core/failures';
import { count } from '../../core/numbers';
import { signatureId } from '../../core/signature';
import { Sparkline } from '../../plot/Sparkline';
import { Glyph } from '../../ui/Glyph';
import { SignatureText } from '../../ui/SignatureText';
import { ClockTime, RelativeTime } from '../../ui/Time';
import type { Failures } from './useFailures';

const HOUR = 3_600_000;
const MOST = 6;
const LEAST_KNOWN_MS = 20 * 60_000;

/** Failed attempts of the last hour by what went wrong. */
export function FailingNow({ failures, now }: { failures: Failures; now: number }) {
  const first = Math.max(now - HOUR, failures.attempts[0]?.at ?? now);
  const groups = failingGroups(failures.attempts, first, now).slice(0, MOST);
  if (groups.length === 0) return <p className="faint none">No attempt failed in the last hour.</p>;
  return (
    <ul className="failing">
      {groups.map(({ signature, count: n, last, trend }) => (
        <li key={signature.key}>
          <Link
            to="/dead-letters"
            search={{ group: signatureId(signature.key) }}
            className="sig ellip"
            title={last.message}
            preload={false}
          >
            <span className="med">{signature.type}</span>{' '}
            <span className="mono dim">
              <SignatureText signature={signature} />
            </span>
          </Link>
          {n > 2 ? <Sparkline values={trend} tone="failed" /> : <span />}
          <span className="num right">{count(n)}</span>
          <span className="faint num right nowrap">
            {isNew(trend, first, now) ? (
              <span className="c-failed">new</span>
            ) : (
              <RelativeTime at={last.iso} />
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Whether all of a group failed in the last quarter of the time that is known, and that time is long enough to tell. */
export function isNew(trend: readonly number[], from: number, now: number): boolean {
  const quarter = Math.floor(trend.length * 0.75);
  return now - from >= LEAST_KNOWN_MS && trend.slice(0, quarter).every((n) => n === 0);
}

/** The newest failed attempts, each with its job. */
export function LatestFailures({ failures }: { failures: Failures }) {
  const latest = failures.attempts.slice(-MOST).reverse();
  if (latest.length === 0) return <p className="faint none">No attempt failed lately.</p>;
  return (
    <ul className="latest">
      {latest.map((failure) => (
        <li key={failure.seq}>
          <ClockTime at={failure.iso} className="mono faint" />
          <Glyph name="ATTEMPT_FAILED" />
          <span className="ellip" title={failure.message}>
            {failure.type} <span className="dim">{failure.message}</span>
          </span>
          <Link
            className="mono dim"
            to="/jobs/$id"
            params={{ id: String(failure.job) }}
            search={{}}
            preload={false}
          >
            {failure.job}
          </Link>
        </li>
      ))}
    </ul>
  );
}
