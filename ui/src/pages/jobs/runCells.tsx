import type { Job } from '../../api/types';
import { attemptNumber, dueAt, statusAt } from '../../core/status';
import { coarse, duration, millis, relative } from '../../core/time';
import { useClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { TimeText } from '../../ui/Time';

/** "in 3.8 s attempt 6", "waiting 12 s", "now worker-07", "41 s ago attempts used up". */
export function NextOrLastRun({ job }: { job: Job }) {
  const zone = useZone();
  const at = runInstant(job);
  const status = useClock((now) => statusAt(job, now));
  const words = useClock((now) => {
    if (status === 'RUNNING') return 'now';
    if (status === 'QUEUED') return `waiting ${coarse(now - millis(at))}`;
    return relative(millis(at), now, zone);
  });
  const isAhead = status === 'RETRYING' || status === 'SCHEDULED';
  return (
    <>
      <TimeText at={at} text={words} className={isAhead ? `c-${status.toLowerCase()}` : ''} />{' '}
      <span className="faint">{runDetail(job)}</span>
    </>
  );
}

/** The instant that the words are about: the next start, the end, or since when it waits. */
function runInstant(job: Job): string {
  const due = dueAt(job);
  const isWaiting = job.status === 'QUEUED' && due !== null && due > millis(job.updated_at);
  if (job.status === 'SCHEDULED' || job.status === 'RETRYING' || isWaiting) {
    return job.next_attempt_at ?? job.run_at ?? job.updated_at;
  }
  if (job.status === 'RUNNING') return job.started_at ?? job.updated_at;
  return job.finished_at ?? job.updated_at;
}

function runDetail(job: Job): string {
  switch (job.status) {
    case 'RUNNING':
      return job.worker ?? `attempt ${attemptNumber(job)}`;
    case 'RETRYING':
      return `attempt ${attemptNumber(job)}`;
    case 'SUCCEEDED':
      return job.attempts === 0 ? 'first try' : `on attempt ${attemptNumber(job)}`;
    case 'FAILED':
      return job.attempts >= job.max_attempts ? 'attempts used up' : 'not retried';
    default:
      return '';
  }
}

/** How long the last attempt ran, or runs. */
export function RunTime({ job }: { job: Job }) {
  const words = useClock((now) => {
    if (job.started_at === null) return '';
    const start = millis(job.started_at);
    if (job.status === 'RUNNING') return `${(Math.max(0, now - start) / 1000).toFixed(1)} s`;
    if (job.status === 'RETRYING') return duration(millis(job.updated_at) - start);
    const ranToEnd = job.status === 'SUCCEEDED' || job.status === 'FAILED';
    return ranToEnd && job.finished_at !== null ? duration(millis(job.finished_at) - start) : '';
  });
  return words;
}
