import { readLog } from './eventLog';

const LOSS_READ = 500;

/** The jobs whose attempts failed because a worker was lost: the log has them right after that. */
export async function jobsLostWith(worker: string, lostAt: number, signal?: AbortSignal): Promise<number[]> {
  const { events } = await readLog({ after: lostAt, limit: LOSS_READ }, signal);
  return events.flatMap(({ value: { type, job, data } }) => {
    const { message } = (data.error ?? {}) as { message?: string };
    const isIts = type === 'Failed' && data.cause === 'worker_lost' && message?.startsWith(`${worker} `);
    return isIts ? [job] : [];
  });
}
