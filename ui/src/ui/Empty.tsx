import type { ReactNode } from 'react';
import type { ApiError } from '../api/client';
import { Button } from './Button';
import { useRealClock } from './clock';
import { Glyph } from './Glyph';

export function Notice({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div className="notice">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

interface FailureProps {
  title: string;
  error: ApiError;
  request: string;
  retryAt: number | null;
  onRetry(): void;
}

/** In place of what did not load: what, the status, and when it is tried again. */
export function Failure({ title, error, request, retryAt, onRetry }: FailureProps) {
  return (
    <Notice
      title={
        <span className="row">
          <Glyph name="ATTEMPT_FAILED" />
          {title}
        </span>
      }
    >
      <p className="dim" role="alert">
        {error.status > 0 ? `${error.status} from ` : 'No answer to '}
        <span className="mono">{request}</span>
        {error.status > 0 && `: ${error.message}`}
      </p>
      <div className="row">
        <Button onClick={onRetry}>Try again</Button>
        {retryAt !== null && <NextTry at={retryAt} />}
      </div>
    </Notice>
  );
}

/** Counts down to the time at which something is tried again by itself. */
export function NextTry({ at }: { at: number }) {
  const left = useRealClock((now) => Math.max(0, Math.ceil((at - now) / 1000)));
  return <span className="sub num nowrap">{left > 0 ? `next try in ${left} s` : 'trying…'}</span>;
}
