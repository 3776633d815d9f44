import { type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { askAgainIn } from '../../api/askAgain';
import { ApiError } from '../../api/client';
import type { FieldError } from '../../api/generated';
import { keys } from '../../api/keys';
import { getRun, hasEnded, type LabRunResult, startRun, stopRun } from '../../api/lab';
import type { RunOrder } from '../../core/labPolicy';
import { toast } from '../../ui/toasts';
import { useStable } from '../../ui/useStable';

const LOOK_MS = 250;

export interface Run {
  /** Of the address. */
  id: string | null;
  data: LabRunResult | null;
  error: ApiError | null;
  query: UseQueryResult<LabRunResult>;
  isStarting: boolean;
  /** The one that was begun here last. */
  begun: string | null;
  /** What the server found wrong with the last order. */
  faults: readonly FieldError[];
  start(order: RunOrder): void;
  stop(): void;
}

/** The run of the address, looked at until it has ended. */
export function useRun(): Run {
  const { run: id = null } = useParams({ strict: false }) as { run?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [isStarting, setStarting] = useState(false);
  const [begun, setBegun] = useState<string | null>(null);
  const [faults, setFaults] = useState<readonly FieldError[]>([]);
  const query = useQuery({
    queryKey: keys.labRun(id ?? ''),
    queryFn: () => getRun(id ?? ''),
    enabled: id !== null,
    refetchOnMount: ({ state }) => (state.data && hasEnded(state.data) ? false : 'always'),
    refetchInterval: ({ state }) =>
      state.error ? askAgainIn(state) : state.data && hasEnded(state.data) ? false : LOOK_MS,
    refetchIntervalInBackground: true,
  });
  const start = useStable(async (order: RunOrder): Promise<void> => {
    setStarting(true);
    setFaults([]);
    try {
      const run = await startRun(order);
      setBegun(String(run.id));
      void client.invalidateQueries({ queryKey: keys.labRuns });
      await navigate({ to: '/lab/runs/$run', params: { run: String(run.id) }, search: {} });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.fields.length > 0) setFaults(error.fields);
      else toast(error.message, { tone: 'bad' });
    } finally {
      setStarting(false);
    }
  });
  const stop = useStable((): void => {
    if (!query.data) return;
    stopRun(query.data.id).then(
      () => void query.refetch(),
      (error: ApiError) => toast(error.message, { tone: 'bad' }),
    );
  });
  return {
    id,
    data: query.data ?? null,
    error: (query.error as ApiError | null) ?? null,
    query,
    isStarting,
    begun,
    faults,
    start,
    stop,
  };
}
