import type { Run } from '../../api/why';
import { duration, millis } from '../../core/time';
import { useNow } from '../../ui/clock';
import { ClockTime } from '../../ui/Time';

const ENDS: Record<Run['end'], string> = {
  running: 'still running',
  succeeded: 'succeeded',
  failed: 'failed',
  released: 'given back',
  cancelled: 'cancelled',
};
const TONES: Record<Run['end'], string> = {
  running: 'c-running',
  succeeded: 'c-succeeded',
  failed: 'c-failed',
  released: 'c-queued',
  cancelled: 'c-cancelled',
};

/** Every run of the handler: where, how long, how it ended, and what made it so. */
export function WhyTwice({ runs, link }: { runs: readonly Run[]; link(seq: number): React.ReactNode }) {
  const now = useNow(runs.some((run) => run.end === 'running'));
  const first = runs[0] ? millis(runs[0].started_at) : now;
  const last = runs.reduce((max, run) => Math.max(max, endOf(run, now)), first + 1);
  const part = (at: number): number => (100 * (at - first)) / (last - first);
  return (
    <>
      <ol className="ran">
        {runs.map((run) => (
          <li key={run.execution} data-reason={run.reason}>
            <span className="what">
              <b>
                Run {run.execution} on {run.worker}
              </b>
              <span className="sub">because {run.sentence}</span>
            </span>
            <svg className="track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
              <rect
                className={`f-${TONES[run.end].slice(2)}`}
                x={Math.min(99.4, part(millis(run.started_at)))}
                width={Math.max(0.6, part(endOf(run, now)) - part(millis(run.started_at)))}
                height="10"
              />
            </svg>
            <span className="num since">
              <span className="dim">
                <ClockTime at={run.started_at} />, fence {run.fence}
              </span>
              <b className={TONES[run.end]}>
                {ENDS[run.end]} {run.end === 'running' ? 'for' : 'after'}{' '}
                {duration(endOf(run, now) - millis(run.started_at))}
              </b>
            </span>
            <span className="cause">
              {link(run.event)}
              {run.end_event !== null && link(run.end_event)}
            </span>
          </li>
        ))}
      </ol>
      <p className="notreason dim">
        The handler ran {runs.length} times; at most one completion of a generation is recorded, because every
        run has a fence of its own and an answer with an older one is refused.
      </p>
    </>
  );
}

const endOf = (run: Run, now: number): number => (run.ended_at === null ? now : millis(run.ended_at));
