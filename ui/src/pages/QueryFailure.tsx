import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { askAgainIn } from '../api/askAgain';
import type { ApiError } from '../api/client';
import { Failure } from '../ui/Empty';

interface QueryFailureProps {
  title: string;
  query: UseQueryResult<unknown>;
  request: string;
}

/** In place of what a query without an answer would show: nothing at first, and from its first failure on what went wrong. */
export function QueryFailure({ title, query, request }: QueryFailureProps) {
  // While it is asked again the query knows no error, and what stands here shall not flicker.
  const [last, setLast] = useState(query.error);
  if (query.error && query.error !== last) setLast(query.error);
  const error = query.error ?? last;
  if (query.data !== undefined || !error || query.errorUpdateCount === 0) return null;
  const wait = askAgainIn({ ...query, error });
  return (
    <Failure
      title={title}
      error={error as ApiError}
      request={request}
      retryAt={query.isFetching ? 0 : wait === false ? null : query.errorUpdatedAt + wait}
      onRetry={() => void query.refetch()}
    />
  );
}
