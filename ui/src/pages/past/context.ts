import { createContext, useContext } from 'react';
import type { State } from '../../api/past';
import type { Stats } from '../../api/types';
import type { Moment } from '../../core/moment';
import type { PlayheadView } from '../../live/playhead';

/** The moment that a page shows when it is not now. */
export interface Past {
  /** As the address has it: a seq or a time. */
  at: string;
  moment: Moment;
  view: PlayheadView;
  /** The system at this very moment, once it is known; `view.state` may still be of the one before. */
  state: State | null;
  /** The counts of then, also while those of another moment are awaited. */
  stats: Stats | null;
  /** Where the playhead stands, as far as it is known. */
  time: number | null;
  retry(): void;
}

export interface Travelling {
  /** Null where the page shows now, or has a playhead of its own. */
  past: Past | null;
  /** Whether the address is about the past, also on a page that has a playhead of its own. */
  isPast: boolean;
  /** Whether the page that is open can show the past. */
  canSeek: boolean;
  /** Puts the page there; with `isMoving`, more is to come. */
  seek(moment: Moment, isMoving?: boolean): void;
  leave(): void;
}

const NOWHERE: Travelling = {
  past: null,
  isPast: false,
  canSeek: false,
  seek: () => {},
  leave: () => {},
};

export const TravellingContext = createContext<Travelling>(NOWHERE);

export const useTravelling = (): Travelling => useContext(TravellingContext);

export const usePast = (): Past | null => useTravelling().past;

export const useIsPast = (): boolean => useTravelling().isPast;

/** What the end of an axis of time is called. */
export const useNowWord = (): 'now' | 'then' => (useIsPast() ? 'then' : 'now');

/** Of a part that is only shown in the past. */
export function usePastHere(): Past {
  const past = usePast();
  if (!past) throw new Error('used outside of the past');
  return past;
}
