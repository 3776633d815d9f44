import { useEffect, useRef } from 'react';
import { getJob } from '../api/client';
import type { Job } from '../api/types';

const SETTLE_MS = 250;

export type AskedJob = readonly [id: number, job: Job | null];

/**
 * Asks for jobs, one after the other, once the list of them stands still. What was answered is handed over together, also when the list
 * changed meanwhile; null stands for a job that is not there.
 */
export function useAskedJobs(
  ids: readonly number[],
  onAnswers: (answers: readonly AskedJob[]) => void,
): void {
  const handOver = useRef(onAnswers);
  handOver.current = onAnswers;
  const wanted = ids.join(',');
  useEffect(() => {
    if (wanted === '') return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      const answers: AskedJob[] = [];
      for (const id of wanted.split(',').map(Number)) {
        if (isOver) break;
        answers.push([
          id,
          await getJob(id)
            .then(({ value }) => value)
            .catch(() => null),
        ]);
      }
      if (answers.length > 0) handOver.current(answers);
    };
    const timer = window.setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [wanted]);
}
