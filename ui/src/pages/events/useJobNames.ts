import { useEffect } from 'react';
import { getJob } from '../../api/client';
import type { EventTail } from '../../live/eventTail';

const SETTLE_MS = 250;

/** An event does not say of what type its job is: of the rows in view it is asked, where the stream has not told. */
export function useJobNames(tail: EventTail, jobs: readonly number[]): void {
  const unknown = [...new Set(jobs)].filter((job) => job !== 0 && !tail.nameOf(job)).join(',');
  useEffect(() => {
    if (unknown === '') return;
    let isOver = false;
    const ask = async (): Promise<void> => {
      const found = [];
      for (const job of unknown.split(',').map(Number)) {
        if (isOver) break;
        const answer = await getJob(job).catch(() => null);
        if (answer) found.push(answer.value);
      }
      if (found.length > 0) tail.apply([], found);
    };
    const timer = window.setTimeout(() => void ask(), SETTLE_MS);
    return () => {
      isOver = true;
      window.clearTimeout(timer);
    };
  }, [tail, unknown]);
}
