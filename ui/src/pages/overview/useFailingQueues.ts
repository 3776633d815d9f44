import { useEffect, useRef, useState } from 'react';
import { getJob } from '../../api/client';
import { type FailingGroup, unaskedOf } from '../../core/failures';

const SETTLE_MS = 250;

/** In which queue jobs are: the event of a failed attempt does not say so, and a job never leaves its queue. Some of each group are asked. */
export function useFailingQueues(groups: readonly FailingGroup[]): ReadonlyMap<number, string> {
  const known = useRef(new Map<number, string>()).current;
  const [, setAnswered] = useState(0);
  const wanted = [...new Set(groups.flatMap((group) => unaskedOf(group, known)))].join(',');
  useEffect(() => {
    if (wanted === '') return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      for (const job of wanted.split(',').map(Number)) {
        const answer = await getJob(job).catch(() => null);
        known.set(job, answer?.value.queue ?? '');
        if (isOver) return;
      }
      setAnswered((n) => n + 1);
    };
    const timer = window.setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [wanted, known]);
  return known;
}
