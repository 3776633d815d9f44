import { useRef, useState } from 'react';
import { type FailingGroup, unaskedOf } from '../../core/failures';
import { useAskedJobs } from '../useAskedJobs';

/** In which queue jobs are: the event of a failed attempt does not say so, and a job never leaves its queue. Some of each group are asked. */
export function useFailingQueues(groups: readonly FailingGroup[]): ReadonlyMap<number, string> {
  const known = useRef(new Map<number, string>()).current;
  const [, setAnswered] = useState(0);
  useAskedJobs([...new Set(groups.flatMap((group) => unaskedOf(group, known)))], (answers) => {
    for (const [id, job] of answers) known.set(id, job?.queue ?? '');
    setAnswered((n) => n + 1);
  });
  return known;
}
