import type { ReactNode } from 'react';
import type { State } from '../../api/past';
import { isSame } from '../../core/moment';
import { count } from '../../core/numbers';
import { clock, millis } from '../../core/time';
import type { PlayheadView } from '../../live/playhead';
import { Button } from '../../ui/Button';
import { Failure, NextTry, Notice } from '../../ui/Empty';
import { useZone } from '../../ui/preferences';
import { Skeleton } from '../jobs/Skeleton';

const NOT_YET = 422;

interface KnownProps {
  view: PlayheadView;
  /** The newest event of the log, as far as it is known. */
  newest: number;
  onLive(): void;
  onRetry(): void;
  /** The newest state that is known, and whether it is that of another moment. */
  children(state: State, isOther: boolean): ReactNode;
}

/** What is known of a moment, or why it is not: it is being read, has not happened yet, or nobody answers. */
export function Known({ view, newest, onLive, onRetry, children }: KnownProps) {
  const { state, moment, error, loaded } = view;
  const zone = useZone();
  if (error?.status === NOT_YET && moment.kind !== 'live')
    return (
      <Notice title="This has not happened yet">
        <p className="dim">
          {moment.kind === 'seq'
            ? `Event ${count(moment.seq)} is beyond the newest one${newest > 0 ? `, ${count(newest)}` : ''}.`
            : 'This time is yet to come.'}
        </p>
        <Button onClick={onLive}>Return to live</Button>
      </Notice>
    );
  if (!state && error)
    return (
      <Failure
        title="The past did not load"
        error={error}
        request="GET /state"
        retryAt={view.retryAt}
        onRetry={onRetry}
      />
    );
  const goal = moment.kind === 'seq' ? moment.seq : newest;
  const reading = view.reading !== null && (
    <p className="strip reading" role="status">
      <span>
        The past is being read: event {count(view.reading)}
        {goal > 0 && ` of ${count(goal)}`}. It goes on by itself.
      </span>
      {goal > 0 && <progress value={view.reading} max={goal} aria-label="Read so far" />}
    </p>
  );
  if (!state) return reading || <Skeleton />;
  return (
    <>
      {reading}
      {error && (
        <p className="strip t-failed" role="alert">
          This moment did not load: {error.message}. Below is {clock(millis(state.at), zone)}.
          <span className="grow" />
          <button type="button" className="link" onClick={onRetry}>
            Try again
          </button>
          {view.retryAt !== null && <NextTry at={view.retryAt} />}
        </p>
      )}
      {children(state, view.isStale && !(loaded && isSame(loaded, moment)))}
    </>
  );
}
