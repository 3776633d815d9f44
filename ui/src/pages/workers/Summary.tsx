import { count, plural } from '../../core/numbers';
import { isRetry, type KnownWorker, type Slot, tally } from '../../core/workers';
import { Cell } from './Cells';

const MOST = 96;

interface SummaryProps {
  known: readonly KnownWorker[];
  /** What runs inside the server. */
  inside: readonly Slot[];
  usual: ReadonlyMap<string, number | null>;
}

/** What runs on all workers together and inside the server, as one strip. */
export function Summary({ known, inside, usual }: SummaryProps) {
  const { healthy, quiet, lost } = tally(known);
  const slots = [...known.flatMap((each) => each.slots), ...inside];
  const busy = slots.length;
  const retries = slots.filter(({ job }) => isRetry(job)).length;
  const cells = slots.sort((a, b) => Number(isRetry(a.job)) - Number(isRetry(b.job))).slice(0, MOST);
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
        {cells.map((slot) => (
          <Cell key={slot.id} slot={slot} usual={usual.get(slot.job?.type ?? '')} />
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
        <span>
          <i className="sw" style={{ background: 'var(--failed-fill)' }} />
          Over its usual time
        </span>
        {busy > MOST && <span className="faint">the first {MOST} are drawn</span>}
      </div>
    </div>
  );
}
