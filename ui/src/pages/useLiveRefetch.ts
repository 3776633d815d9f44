import { type Query, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../api/client';
import { useServices } from './services';

const GAP_MS = 1000;

/** Refused by a server that answers, and so with a time of its own for the next try. */
const waitsForItsTry = ({ state }: Query): boolean =>
  state.data === undefined && state.error instanceof ApiError && state.error.status > 0;

/** Fetches again when the stream tells of something new, at most once in a while; a hidden page is told nothing. */
export function useLiveRefetch(queryKey: QueryKey, gapMs = GAP_MS, isOn = true): void {
  const { live } = useServices();
  const queries = useQueryClient();
  const key = JSON.stringify(queryKey);
  useEffect(() => {
    if (!isOn) return;
    let lastAt = Date.now();
    let timer: number | undefined;
    const refetch = (): void => {
      timer = undefined;
      lastAt = Date.now();
      const queryKey = JSON.parse(key) as QueryKey;
      const predicate = (query: Query): boolean => !waitsForItsTry(query);
      void queries.invalidateQueries({ queryKey, predicate }, { cancelRefetch: false });
    };
    const stop = live.onBatch(() => {
      timer ??= window.setTimeout(refetch, Math.max(0, lastAt + gapMs - Date.now()));
    });
    return () => {
      stop();
      window.clearTimeout(timer);
    };
  }, [live, queries, key, gapMs, isOn]);
}
