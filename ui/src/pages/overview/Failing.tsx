import { Link } from '@tanstack/react-router';
import { failingGroups, queuesOf, RECENT_MS } from '../../core/failures';
import { count, pace, plural } from '../../core/numbers';
import { signatureId } from '../../core/signature';
import { Sparkline } from '../../plot/Sparkline';
import { Glyph } from '../../ui/Glyph';
import { SignatureText } from '../../ui/SignatureText';
import { ClockTime, RelativeTime } from '../../ui/Time';
import { useFailingQueues } from './useFailingQueues';
import { coversHour, type Failures } from './useFailures';

const HOUR = 3_600_000;
const MOST = 6;
const LEAST_KNOWN_MS = 20 * 60_000;

/** Failed attempts of the last hour by what went wrong. */
export function FailingNow({ failures, now }: { failures: Failures; now: number }) {
  const first = Math.max(now - HOUR, failures.attempts[0]?.at ?? now);
  const groups = failingGroups(failures.attempts, first, now).slice(0, MOST);
  const queues = useFailingQueues(groups);
  if (groups.length === 0) return <p className="faint none">No attempt failed in the last hour.</p>;
  const known = coversHour(failures, now) ? HOUR : now - first;
  return (
    <ul className="failing">
      {groups.map((group) => {
        const { signature, count: n, last, trend } = group;
        return (
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
            <InQueues queues={queuesOf(group, queues)} jobs={group.jobs.size} />
            <span className="trend">{n > 2 && <Sparkline values={trend} tone="failed" />}</span>
            <span className="num right n">{count(n)}</span>
            <span className="faint num right nowrap pace">
              {isNew(trend, first, now) ? (
                <span className="c-failed">new</span>
              ) : (
                (paceWords(group, known) ?? <RelativeTime at={last.iso} />)
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

interface InQueuesProps {
  queues: readonly { name: string; n: number }[];
  /** How many the group has. */
  jobs: number;
}

/** Where most of a group fails, and in how many other queues. */
function InQueues({ queues, jobs }: InQueuesProps) {
  const [most, ...others] = queues;
  if (!most) return <span className="q" />;
  const asked = queues.reduce((sum, { n }) => sum + n, 0);
  const each = queues.map(({ name, n }) => `${name} ${count(n)}`).join(', ');
  const title = asked < jobs ? `${each}, of ${count(asked)} of its ${plural(jobs, 'job')}` : each;
  return (
    <span className="q row tight dim" title={title}>
      <Link className="ellip" to="/queues/$name" params={{ name: most.name }} search={{}} preload={false}>
        {most.name}
      </Link>
      {others.length > 0 && <span className="faint num">+{count(others.length)}</span>}
    </span>
  );
}

/** How fast a group fails of late; nothing where it does so no more. */
export const paceWords = ({ recent }: { recent: number }, knownMs: number): string | null =>
  recent === 0 ? null : pace(recent / (Math.min(RECENT_MS, Math.max(1000, knownMs)) / 1000));

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
