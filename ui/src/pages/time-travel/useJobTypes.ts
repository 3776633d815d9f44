import { useEffect, useRef, useState } from 'react';
import { getJob } from '../../api/client';
import type { State } from '../../api/past';
import type { JobEvent } from '../../api/types';

const SETTLE_MS = 250;

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
  const wanted = unknown.join(',');
  useEffect(() => {
    if (wanted === '') return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      for (const job of wanted.split(',').map(Number)) {
        const answer = await getJob(job).catch(() => null);
        if (isOver) return;
        known.set(job, answer?.value.type ?? '');
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
