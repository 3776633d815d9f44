import type { Job, JobEvent } from '../api/types';

/** What runs inside the server calls itself so, and is no worker. */
export const IN_PROCESS: readonly string[] = ['simulator', 'exec', 'http'];

const BATCH_TAG = 'batch:';

/** The batch that the job is part of. */
export function batchOf(job: Job): string | null {
  const tag = job.tags.find((each) => each.startsWith(BATCH_TAG));
  return tag ? tag.slice(BATCH_TAG.length) : null;
}

export interface Progress {
  percent: number | null;
  text: string;
}

const SILENCE: Progress = { percent: null, text: '' };

/** What the newest attempt said of itself; each field as it was told last. */
export function progressOf(events: readonly JobEvent[]): Progress | null {
  const begin = events.findLastIndex(({ type }) => type === 'Attempted' || type === 'Requeued');
  const told = events.slice(begin + 1).filter(({ type }) => type === 'Progressed');
  if (told.length === 0) return null;
  return told.reduce(
    ({ percent, text }, { data }) => ({
      percent: typeof data.percent === 'number' ? data.percent : percent,
      text: typeof data.text === 'string' ? data.text : text,
    }),
    SILENCE,
  );
}
