import type { EventTail } from '../../live/eventTail';
import { useAskedJobs } from '../useAskedJobs';

/** An event does not say of what type its job is: of the rows in view it is asked, where the stream has not told. */
export function useJobNames(tail: EventTail, jobs: readonly number[]): void {
  const unknown = [...new Set(jobs)].filter((job) => job !== 0 && !tail.nameOf(job));
  useAskedJobs(unknown, (answers) => {
    const found = answers.flatMap(([, job]) => job ?? []);
    if (found.length > 0) tail.apply([], found);
  });
}
