import type { Job } from '../../api/types';
import type { DelayBy, DelayPart } from '../../core/eventBatch';
import { delayRange, policyWords } from '../../core/policy';
import type { DelayReason } from '../../core/reasons';
import { duration } from '../../core/time';

const NAMES: Record<DelayBy, string> = {
  backoff: 'Backoff',
  jitter: 'Jitter',
  rule: 'Rule',
  worker: 'The worker’s retry_after',
  handler: 'The handler’s Retry-After',
  loss: 'Its worker was lost',
};

interface WhyDelayProps {
  reason: DelayReason;
  job: Job;
  link(seq: number): React.ReactNode;
}

/** The parts of the wait for a retry, one after the other, each with what made it. */
export function WhyDelay({ reason, job, link }: WhyDelayProps) {
  const whole = Math.max(
    1,
    reason.parts.reduce((sum, { ms }) => sum + ms, 0),
  );
  const shareBefore = (index: number): number =>
    reason.parts.slice(0, index).reduce((sum, { ms }) => sum + (100 * ms) / whole, 0);
  return (
    <ul className="gates">
      {reason.parts.map((part, i) => (
        <li key={part.by} data-part={part.by}>
          <span className="what">
            <b>
              {NAMES[part.by]}
              {part.name && ` ${part.name}`}
            </b>
            <span className="sub">{detailOf(part, job, reason.attempt)}</span>
          </span>
          <svg className="track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect
              className="f-retrying"
              x={Math.min(99.4, shareBefore(i))}
              width={Math.max(0.6, (100 * part.ms) / whole)}
              height="10"
            />
          </svg>
          <b className="num since">{duration(part.ms)}</b>
          <span className="cause">
            {part.by !== 'jitter' && reason.failed !== null && link(reason.failed)}
            {part.by !== 'backoff' && link(reason.scheduled)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function detailOf({ by }: DelayPart, job: Job, attempt: number | null): string {
  if (by === 'backoff') return `${policyWords(job.retry)}; after attempt ${attempt}`;
  if (by === 'rule') return 'It decides before the policy of the job is asked.';
  if (by !== 'jitter') return 'It takes the place of the policy’s delay.';
  const { min, max } = delayRange(job.retry, attempt ?? 1);
  return `drawn between 0 and ${duration(max - min)}`;
}
