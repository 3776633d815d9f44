import type { Job, JobEvent } from '../../api/types';
import { reasonWords } from '../../core/eventWords';
import { attemptNumber, dueAt, statusAt, statusClass } from '../../core/status';
import { clock, clockOrDate, coarse, millis, ticking } from '../../core/time';
import { useClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { serverNow } from '../../ui/serverTime';
import { RelativeTime, TimeText } from '../../ui/Time';

/** One sentence beside the status: what happens next and when, or what happened last. */
export function Countdown({ job, events }: { job: Job; events: readonly JobEvent[] }) {
  const zone = useZone();
  const status = useClock((now) => statusAt(job, now));
  const due = dueAt(job) ?? 0;
  const dueText = job.next_attempt_at ?? job.run_at ?? job.updated_at;
  const left = useClock((now) => ticking(due - now));
  const running = useClock((now) => ticking(now - millis(job.started_at ?? job.updated_at)));
  const waited = useClock((now) => coarse(now - Math.max(due, millis(job.updated_at))));
  switch (status) {
    case 'SCHEDULED':
    case 'RETRYING':
      return (
        <p className="count num">
          {status === 'RETRYING' ? 'next attempt' : 'first attempt'} in{' '}
          <b className={`c-${statusClass(status)}`}>{left}</b>, at{' '}
          <TimeText
            at={dueText}
            text={status === 'RETRYING' ? clock(due, zone, 3) : clockOrDate(due, zone, serverNow())}
          />
        </p>
      );
    case 'QUEUED':
      return <p className="count num">waiting for a slot for {waited}</p>;
    case 'RUNNING':
      return (
        <p className="count num">
          attempt {attemptNumber(job)} for <b className="c-running">{running}</b>
          {job.worker && `, on ${job.worker}`}
        </p>
      );
    default:
      return (
        <p className="count num">
          {endWords(job, events)} <RelativeTime at={job.finished_at ?? job.updated_at} />
        </p>
      );
  }
}

function endWords(job: Job, events: readonly JobEvent[]): string {
  if (job.status === 'SUCCEEDED')
    return job.attempts === 0 ? 'on the first try,' : `on attempt ${attemptNumber(job)},`;
  if (job.status !== 'FAILED') return '';
  const letter = events.findLast((event) => event.type === 'DeadLettered');
  return letter ? `${reasonWords(letter.data.reason)},` : '';
}
