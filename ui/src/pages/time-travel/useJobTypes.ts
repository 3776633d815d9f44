import { useRef, useState } from 'react';
import type { State } from '../../api/past';
import type { JobEvent } from '../../api/types';
import { useAskedJobs } from '../useAskedJobs';

/** An event does not say of what type its job is: creations and the state do; of the rest, those in view are asked for. */
export function useJobTypes(
  state: State | null,
  events: readonly JobEvent[],
  shown: readonly JobEvent[],
): ReadonlyMap<number, string> {
  const known = useRef(new Map<number, string>()).current;
  const [, setAnswered] = useState(0);
  for (const job of [...Object.values(state?.jobs ?? {}).flat(), ...(state?.next_due ?? [])])
    known.set(job.id, job.type);
  for (const { type, job, data } of events)
    if (type === 'Created' && typeof data.type === 'string') known.set(job, data.type);
  const unknown = [...new Set(shown.map(({ job }) => job))].filter((job) => job !== 0 && !known.has(job));
  useAskedJobs(unknown, (answers) => {
    for (const [id, job] of answers) known.set(id, job?.type ?? '');
    setAnswered((n) => n + 1);
  });
  return known;
}
