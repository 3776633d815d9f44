import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useServices } from './services';

const GAP_MS = 1000;

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
      void queries.invalidateQueries({ queryKey: JSON.parse(key) as QueryKey }, { cancelRefetch: false });
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
