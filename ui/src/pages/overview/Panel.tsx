import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { QueryFailure } from '../QueryFailure';

interface PanelProps<T> {
  id: string;
  title: string;
  sub?: ReactNode;
  side?: ReactNode;
  className?: string;
  query: UseQueryResult<T>;
  request: string;
  /** In place of what will not come. */
  missing?: ReactNode;
  children(data: T): ReactNode;
}

/** One part of the page with what stands in for it: nothing while it loads, the failure when it did not. */
export function Panel<T>({
  id,
  title,
  sub,
  side,
  className,
  query,
  request,
  missing,
  children,
}: PanelProps<T>) {
  return (
    <section className={className ? `cell ${className}` : 'cell'} aria-labelledby={id}>
      <header className="hd">
        <h2 id={id}>{title}</h2>
        {sub && <span className="sub">{sub}</span>}
        <span className="grow" />
        {side}
      </header>
      {missing}
      {query.data !== undefined && children(query.data)}
      <QueryFailure title={`${title} did not load`} query={query} request={request} />
    </section>
  );
}
