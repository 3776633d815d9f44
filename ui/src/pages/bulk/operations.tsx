import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { type BulkRequest, getActions, type Operation, startAction, stopAction } from '../../api/actions';
import { keys } from '../../api/keys';
import { ongoingWords } from '../../core/bulk';
import { toast } from '../../ui/toasts';

const POLL_MS = 500;
const LOOK_MS = 10_000;
const CLEAN_MS = 8000;

export interface ShownOperation {
  operation: Operation;
  /** What it was called where it was started, for one that was started here. */
  title: string | null;
}

export interface Operations {
  shown: ShownOperation[];
  start(body: BulkRequest, title: string): void;
  stop(id: number): void;
  dismiss(id: number): void;
}

const Context = createContext<Operations | null>(null);

/** Operations that run, and the ended ones that were started here until they are dismissed; on every page. */
export function OperationsProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const [mine, setMine] = useState<ReadonlyMap<number, string>>(new Map());
  const { data = [] } = useQuery({
    queryKey: keys.actions,
    queryFn: getActions,
    refetchInterval: ({ state }) =>
      state.data?.some((operation) => operation.state === 'RUNNING') ? POLL_MS : LOOK_MS,
  });
  const ended = data.filter((operation) => operation.state !== 'RUNNING').length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has ended since is what there is to read anew.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: keys.deadLetters });
  }, [ended, queries]);
  const operations = useMemo((): Operations => {
    const refused = (error: Error): void => void toast(error.message, { tone: 'bad' });
    const refresh = (): void => void queries.invalidateQueries({ queryKey: keys.actions });
    return {
      shown: data
        .filter((operation) => operation.state === 'RUNNING' || mine.has(operation.id))
        .map((operation) => ({ operation, title: mine.get(operation.id) ?? null })),
      start: (body, title) => {
        startAction(body).then((operation) => {
          setMine((known) => new Map(known).set(operation.id, title));
          toast(ongoingWords(body.action, operation.total, operation.total_estimated), { tone: 'good' });
          refresh();
        }, refused);
      },
      stop: (id) => void stopAction(id).then(refresh, refused),
      dismiss: (id) => setMine((known) => new Map([...known].filter(([each]) => each !== id))),
    };
  }, [data, mine, queries]);
  useCleanUp(operations);
  return <Context.Provider value={operations}>{children}</Context.Provider>;
}

/** What ended without a refusal needs nobody to dismiss it. */
function useCleanUp({ shown, dismiss }: Operations): void {
  const clean = shown
    .filter(({ operation }) => operation.state === 'FINISHED' && operation.refused === 0)
    .map(({ operation }) => operation.id)
    .join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time starts when one ends, not at every render.
  useEffect(() => {
    if (clean === '') return;
    const timer = window.setTimeout(() => {
      for (const id of clean.split(',')) dismiss(Number(id));
    }, CLEAN_MS);
    return () => window.clearTimeout(timer);
  }, [clean]);
}

export function useOperations(): Operations {
  const operations = useContext(Context);
  if (!operations) throw new Error('used outside of OperationsProvider');
  return operations;
}
