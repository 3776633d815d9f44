import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { listRunning, listWorkers } from '../../api/workers';
import { arrange, insideOf, type KnownWorker, type Slot } from '../../core/workers';

const REFETCH_MS = 1000;

interface Workers {
  known: KnownWorker[] | undefined;
  /** What runs inside the server. */
  inside: readonly Slot[];
  error: ApiError | null;
  retryAt: number | null;
  retry(): void;
}

/** The workers and what runs there, asked for each second while the page is seen. */
export function useWorkers(): Workers {
  const options = { refetchInterval: REFETCH_MS, retry: false };
  const workers = useQuery({ queryKey: keys.workers, queryFn: listWorkers, ...options });
  const running = useQuery({ queryKey: keys.running, queryFn: listRunning, ...options });
  const error = workers.error as ApiError | null;
  return {
    known: workers.data && arrange(workers.data, running.data ?? []),
    inside: insideOf(running.data ?? []),
    error,
    retryAt: error ? workers.errorUpdatedAt + REFETCH_MS : null,
    retry: () => void workers.refetch(),
  };
}
