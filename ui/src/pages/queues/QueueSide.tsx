import { Link } from '@tanstack/react-router';
import { Flag as FlagMark } from 'lucide-react';
import type { Job, Worker } from '../../api/types';
import { typeShares } from '../../core/depth';
import { count, percent } from '../../core/numbers';
import { policyName, policyWords } from '../../core/policy';
import { clockOrDate } from '../../core/time';
import type { Flag } from '../../core/timeline';
import { Stair } from '../../plot/Stair';
import { useZone } from '../../ui/preferences';
import { serverNow } from '../../ui/serverTime';
import { TimeText } from '../../ui/Time';

const MOST_CHANGES = 6;
const MOST_TYPES = 5;
const MOST_WORKERS = 12;

/** The policy that most of the newest jobs took. */
export function PolicyInForce({ jobs }: { jobs: readonly Job[] }) {
  const byText = new Map<string, Job[]>();
  for (const job of jobs) {
    const text = JSON.stringify(job.retry);
    byText.set(text, [...(byText.get(text) ?? []), job]);
  }
  const [most, ...others] = [...byText.values()].sort((a, b) => b.length - a.length);
  const policy = most?.[0]?.retry;
  if (!policy || !most) return <p className="faint none">No job tells it yet.</p>;
  const name = policyName(policy);
  return (
    <div className="inforce">
      <Stair policy={policy} />
      <p className="sub">
        {name !== null && <b className="med">{name}, </b>}
        {policyWords(policy)}
        {others.length > 0 &&
          `, of ${percent(most.length / jobs.length)} of the newest jobs; ${count(others.length)} more`}
      </p>
    </div>
  );
}

/** What was changed about the queue, the newest first; each leads to its moment. */
export function Changes({ flags }: { flags: readonly Flag[] }) {
  const zone = useZone();
  if (flags.length === 0) return <p className="faint none">Nothing was changed in this time.</p>;
  return (
    <ul className="qlist">
      {flags
        .slice(-MOST_CHANGES)
        .reverse()
        .map((flag) => (
          <li key={flag.seq}>
            <FlagMark className="i s faint" />
            <Link
              className="ellip"
              to="/time-travel"
              search={{ at: String(flag.seq), range: '1h' }}
              title={`Event ${flag.seq}`}
              preload={false}
            >
              {flag.text}
            </Link>
            <TimeText
              className="mono faint"
              at={new Date(flag.time).toISOString()}
              seq={flag.seq}
              text={clockOrDate(flag.time, zone, serverNow())}
            />
          </li>
        ))}
    </ul>
  );
}

interface JobTypesProps {
  jobs: readonly Job[];
  queue: string;
  /** What is said where there are none. */
  none: string;
}

export function JobTypes({ jobs, queue, none }: JobTypesProps) {
  const shares = typeShares(jobs);
  if (shares.length === 0) return <p className="faint none">{none}</p>;
  return (
    <ul className="qlist types">
      {shares.slice(0, MOST_TYPES).map(({ name, share }) => (
        <li key={name}>
          <Link className="ellip" to="/jobs" search={{ queue, type: name }} title={name} preload={false}>
            {name}
          </Link>
          <span className="meter">
            <i style={{ width: `${share * 100}%` }} />
          </span>
          <span className="num right">{percent(share)}</span>
        </li>
      ))}
      {shares.length > MOST_TYPES && <li className="faint">and {count(shares.length - MOST_TYPES)} more</li>}
    </ul>
  );
}

/** The workers that asked for this queue last. */
export function Listeners({ workers, queue }: { workers: readonly Worker[]; queue: string }) {
  const all = workers.filter(({ queues }) => queues.includes(queue));
  const here = all.filter(({ lost }) => !lost);
  if (here.length === 0)
    return <p className="faint none">None from outside. What the server runs itself starts all the same.</p>;
  return (
    <p className="listeners">
      {here.slice(0, MOST_WORKERS).map(({ name, state }) => (
        <Link key={name} className="chip" to="/workers/$id" params={{ id: name }} search={{}} preload={false}>
          <i className={state === 'running' ? 'dot' : 'dot paused'} />
          <span className="ellip">{name}</span>
        </Link>
      ))}
      {here.length > MOST_WORKERS && (
        <span className="faint">and {count(here.length - MOST_WORKERS)} more</span>
      )}
    </p>
  );
}
