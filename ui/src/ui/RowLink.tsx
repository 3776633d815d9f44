import type { MouseEvent, ReactNode } from 'react';

interface RowLinkProps {
  job: number;
  onOpen(id: number): void;
  children: ReactNode;
}

const isPlain = (event: MouseEvent): boolean =>
  event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

/** Where a job is found, as of the moment that the page shows. */
export function jobPath(id: number): string {
  const at = new URLSearchParams(location.search).get('at');
  return `/ui/jobs/${id}${at === null ? '' : `?at=${encodeURIComponent(at)}`}`;
}

/** A link to a job in a row. Rows come and go by the dozen, and a link of the router costs more than all the rest of one. */
export function RowLink({ job, onOpen, children }: RowLinkProps) {
  return (
    <a
      href={jobPath(job)}
      tabIndex={-1}
      onClick={(event) => {
        event.stopPropagation();
        if (!isPlain(event)) return;
        event.preventDefault();
        onOpen(job);
      }}
    >
      {children}
    </a>
  );
}
