import type { Job } from '../../api/types';
import { count } from '../../core/numbers';
import { errorOfJob } from '../../core/signature';
import { ErrorDetail } from '../job/ErrorDetail';

/** The whole error of one job of the group. */
export function Representative({ job }: { job: Job }) {
  const error = { backtrace: [], ...errorOfJob(job), ...job.error, attempt: null, at: null };
  return (
    <section aria-labelledby="h-stack">
      <div className="hd">
        <h2 id="h-stack">Error</h2>
        <span className="sub num">of job {count(job.id)}, the newest</span>
      </div>
      <div className="stack">
        <ErrorDetail error={error} />
      </div>
    </section>
  );
}
