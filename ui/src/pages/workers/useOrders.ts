import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import { orderWorker, type WorkerOrder } from '../../api/workers';
import { plural } from '../../core/numbers';
import type { KnownWorker } from '../../core/workers';
import { toast } from '../../ui/toasts';

const DONE: Record<WorkerOrder, string> = { quiet: 'takes no further jobs', terminate: 'ends' };
const DONE_ALL: Record<WorkerOrder, string> = { quiet: 'take no further jobs', terminate: 'end' };

/** Tells workers to be quiet or to end; they hear of it with their next beat. Says in a toast what came of it. */
export function useOrders(): (workers: readonly KnownWorker[], order: WorkerOrder) => Promise<void> {
  const queries = useQueryClient();
  return async (workers, order) => {
    const answers = await Promise.allSettled(workers.map(({ worker }) => orderWorker(worker.name, order)));
    void queries.invalidateQueries({ queryKey: keys.workers });
    const refused = answers.find((answer) => answer.status === 'rejected');
    if (refused) toast((refused.reason as Error).message, { tone: 'bad' });
    else if (workers.length === 1) toast(`${workers[0]?.worker.name} ${DONE[order]}`, { tone: 'good' });
    else toast(`${plural(workers.length, 'worker')} ${DONE_ALL[order]}`, { tone: 'good' });
  };
}
