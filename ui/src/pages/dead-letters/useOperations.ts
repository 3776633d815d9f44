import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type BulkRequest, getActions, type Operation, startAction, stopAction } from '../../api/actions';
import { count } from '../../core/numbers';
import { toast } from '../../ui/toasts';
import { DEAD_LETTERS } from './useDeadLetters';

const KEY = ['actions'] as const;
const POLL_MS = 500;

export interface ShownOperation {
  operation: Operation;
  /** What it is about, for one that was started here. */
  of: string | null;
}

export interface Operations {
  shown: ShownOperation[];
  start(body: BulkRequest, of: string): void;
  stop(id: number): void;
  dismiss(id: number): void;
}

/** Operations that run, and the ended ones that were started here until they are dismissed. */
export function useOperations(): Operations {
  const queries = useQueryClient();
  const [mine, setMine] = useState<ReadonlyMap<number, string>>(new Map());
  const { data = [] } = useQuery({
    queryKey: KEY,
    queryFn: getActions,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) =>
      state.data?.some((operation) => operation.state === 'RUNNING') ? POLL_MS : false,
  });
  const ended = data.filter((operation) => operation.state !== 'RUNNING').length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has ended since is what there is to read anew.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: DEAD_LETTERS });
  }, [ended, queries]);
  const refused = (error: Error): void => void toast(error.message, { tone: 'bad' });
  const refresh = (): void => void queries.invalidateQueries({ queryKey: KEY });
  return {
    shown: data
      .filter((operation) => operation.state === 'RUNNING' || mine.has(operation.id))
      .map((operation) => ({ operation, of: mine.get(operation.id) ?? null })),
    start: (body, of) => {
      startAction(body).then((operation) => {
        setMine((known) => new Map(known).set(operation.id, of));
        const verb = body.action === 'retry' ? 'Retrying' : 'Discarding';
        toast(`${verb} ${operation.total_estimated ? 'about ' : ''}${count(operation.total)} jobs`, {
          tone: 'good',
        });
        refresh();
      }, refused);
    },
    stop: (id) => void stopAction(id).then(refresh, refused),
    dismiss: (id) =>
      setMine((known) => {
        const left = new Map(known);
        left.delete(id);
        return left;
      }),
  };
}
