import { act } from '../api/client';
import type { Job } from '../api/types';
import { count } from '../core/numbers';
import { isEnded, refusal } from '../core/status';
import { toast } from '../ui/toasts';
import { useRefusal } from './services';

export type DirectAction = 'retry' | 'cancel' | 'dead-letter' | 'discard';

const DONE: Record<DirectAction, (job: Job) => string> = {
  retry: (job) => `Retrying job ${count(job.id)}`,
  cancel: (job) =>
    isEnded(job.status) ? `Cancelled job ${count(job.id)}` : `Asked job ${count(job.id)} to stop`,
  'dead-letter': (job) => `Dead-lettered job ${count(job.id)}`,
  discard: (job) => `Discarded job ${count(job.id)}`,
};

export interface JobActions {
  /** Why an action is not possible now, or null. */
  refusal(action: DirectAction | 'edit', job: Job): string | null;
  run(action: DirectAction, job: Job): void;
}

/** What can be done to a job from a row or its page. Says in a toast what happened. */
export function useJobActions(onDone: (job: Job, text: string) => void): JobActions {
  const off = useRefusal();
  const refuse = (action: DirectAction | 'edit', job: Job): string | null => off ?? refusal(action, job);
  const run = (action: DirectAction, job: Job): void => {
    const reason = refuse(action, job);
    if (reason) {
      toast(reason, { tone: 'bad' });
      return;
    }
    act(job.id, action).then(
      ({ value, text }) => {
        onDone(value, text);
        toast(DONE[action](value), { tone: 'good' });
      },
      (error: Error) => toast(error.message, { tone: 'bad' }),
    );
  };
  return { refusal: refuse, run };
}
