import { useQueryClient } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import { limitQueue, pauseQueue, resumeQueue } from '../../api/queues';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { toast } from '../../ui/toasts';

interface QueueOrders {
  pause(name: string, reason: string): Promise<void>;
  resume(name: string): Promise<void>;
  limit(name: string, concurrency: number | null): Promise<void>;
}

/** What an operator does to a queue; a toast says what came of it. */
export function useQueueOrders(): QueueOrders {
  const queries = useQueryClient();
  const say = async (order: Promise<Queue>, done: (queue: Queue) => string): Promise<void> => {
    try {
      toast(done(await order), { tone: 'good' });
    } catch (error) {
      toast((error as Error).message, { tone: 'bad' });
    }
    void queries.invalidateQueries({ queryKey: keys.queues });
  };
  return {
    pause: (name, reason) => say(pauseQueue(name, reason), () => `${name} is paused`),
    resume: (name) => say(resumeQueue(name), () => `${name} goes on`),
    limit: (name, concurrency) =>
      say(limitQueue(name, concurrency), (queue) =>
        queue.concurrency === null
          ? `${name} has no limit`
          : `${name} runs ${count(queue.concurrency)} at a time at most`,
      ),
  };
}
