import { count, plural } from '../../core/numbers';
import { isRetry, type KnownWorker, tally } from '../../core/workers';

const MOST = 96;

/** What runs on all workers together, as one strip. */
export function Summary({ known }: { known: readonly KnownWorker[] }) {
  const { busy, retries, healthy, quiet, lost } = tally(known);
  const jobs = known.flatMap(({ slots }) => slots.map(({ job }) => job));
  const cells = jobs.sort((a, b) => Number(isRetry(a)) - Number(isRetry(b))).slice(0, MOST);
  const states = [
    `${count(healthy)} healthy`,
    quiet > 0 && `${count(quiet)} quiet`,
    lost > 0 && `${count(lost)} lost`,
  ];
  return (
    <div className="sum">
      <div className="fig">
        <span className="big num">
          {count(busy)}
          <small>{busy === 1 ? 'job runs' : 'jobs run'}</small>
        </span>
        <span className="sub num">{states.filter(Boolean).join(', ')}</span>
      </div>
      <div className="all" role="img" aria-label={`${plural(busy, 'job')}: ${count(retries)} again`}>
        {cells.map((job, i) => (
          <i key={i} className={isRetry(job) ? 't' : 'f'} />
        ))}
        {cells.length === 0 && <i className="z" />}
      </div>
      <div className="legend">
        <span>
          <i className="sw" style={{ background: 'var(--running-fill)' }} />
          First try
        </span>
        <span>
          <i className="sw" style={{ background: 'var(--retrying-fill)' }} />
          Tried again
        </span>
        {busy > MOST && <span className="faint">the first {MOST} are drawn</span>}
      </div>
    </div>
  );
}
