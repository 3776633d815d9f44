import type { JobError } from '../../api/types';
import { framesOf, frameText } from '../../core/backtrace';
import { clock, millis } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { TimeText } from '../../ui/Time';

export interface ShownError extends JobError {
  attempt: number | null;
  at: string | null;
}

/** Type, message and backtrace of a failed attempt, as text; one's own code stands out from libraries. */
export function ErrorDetail({ error }: { error: ShownError }) {
  const zone = useZone();
  return (
    <>
      <p className="row">
        <span className="med c-failed">{error.type}</span>
        <span className="faint num">
          {error.attempt === null ? 'latest failure' : `attempt ${error.attempt}`}
          {error.at !== null && (
            <>
              , <TimeText at={error.at} text={clock(millis(error.at), zone, 3)} />
            </>
          )}
        </span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard. */}
      <pre className="code" tabIndex={0} role="region" aria-label="Error message and backtrace">
        <span className="er">{error.type}</span>: {error.message}
        {framesOf(error.backtrace).map(({ text, isOwn }, i) => (
          <span key={i} className={isOwn ? 'k' : undefined}>{`\n${frameText(text)}`}</span>
        ))}
      </pre>
      {error.backtrace.length === 0 && <p className="sub">No backtrace came with it.</p>}
    </>
  );
}
