import { linkToMoment } from '../../core/moment';
import { copy } from '../../ui/toasts';
import { useTravelling } from '../past/context';
import { useLiveState } from '../services';

export interface CopyMoment {
  /** Why this page has no link to a moment. */
  refusal: string | null;
  copy(): void;
}

/** Copies the address of this page as it is now, or as the moment that it shows. */
export function useCopyMoment(): CopyMoment {
  const { past, canSeek } = useTravelling();
  const { stats } = useLiveState();
  const seq = past ? (past.moment.kind === 'seq' ? past.moment.seq : past.state?.seq) : stats?.seq;
  const refusal = !canSeek
    ? 'This page is about no moment of the log'
    : seq === undefined
      ? 'The moment is not known yet'
      : null;
  return {
    refusal,
    copy: () => {
      if (seq !== undefined && canSeek)
        void copy(linkToMoment(location.href, seq), 'the link to this moment');
    },
  };
}
