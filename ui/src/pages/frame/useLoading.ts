import { useIsFetching } from '@tanstack/react-query';
import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

const SHOW_AFTER_MS = 150;

/** Whether the page waits for something that it has never had; what is only read anew shows nothing. */
export function useLoading(): boolean {
  const first = useIsFetching({ predicate: ({ state }) => state.data === undefined });
  const isGoing = useRouterState({ select: (state) => state.isLoading });
  const isLoading = first > 0 || isGoing;
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isLoading) return setShown(false);
    const timer = window.setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, [isLoading]);
  return isShown;
}
