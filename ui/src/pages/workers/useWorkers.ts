import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { keys } from '../../api/keys';
import { listRunning, listWorkers } from '../../api/workers';
import { arrange, insideOf, type KnownWorker, type Slot } from '../../core/workers';

const REFETCH_MS = 1000;

interface Workers {
  known: KnownWorker[] | undefined;
  /** What runs inside the server. */
  inside: readonly Slot[];
  /** What is asked first, and may have failed. */
  query: UseQueryResult<unknown>;
}

/** The workers and what runs there, asked for each second while the page is seen. */
export function useWorkers(): Workers {
  const options = { refetchInterval: every(REFETCH_MS) };
  const workers = useQuery({ queryKey: keys.workers, queryFn: listWorkers, ...options });
  const running = useQuery({ queryKey: keys.running, queryFn: listRunning, ...options });
  return {
    known: workers.data && arrange(workers.data, running.data ?? []),
    inside: insideOf(running.data ?? []),
    query: workers,
  };
}
