import type { ReactNode } from 'react';
import type { State } from '../../api/past';
import { useLiveState } from '../services';
import { usePastHere, useTravelling } from './context';
import { Known } from './Known';
import './past.css';

interface PastBodyProps {
  className?: string;
  children(state: State): ReactNode;
}

/** The part of a page below its bars, as of the moment in the address; or why that is not known. */
export function PastBody({ className = '', children }: PastBodyProps) {
  const { view, retry } = usePastHere();
  const { leave } = useTravelling();
  const { stats } = useLiveState();
  const newest = Math.max(view.state?.newest_seq ?? 0, stats?.seq ?? 0);
  return (
    <div className={`body asof ${className}`}>
      <Known view={view} newest={newest} onLive={leave} onRetry={retry}>
        {(state, isOther) => (
          <div className={isOther ? 'stand old' : 'stand'} aria-busy={isOther}>
            {children(state)}
          </div>
        )}
      </Known>
    </div>
  );
}
