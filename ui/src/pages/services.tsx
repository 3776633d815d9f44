import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import type { Job, Stats } from '../api/types';
import { isOffline } from '../live/connection';
import type { JobList } from '../live/jobList';
import type { LiveState, LiveStore } from '../live/store';
import { useRealClock } from '../ui/clock';
import { useIsPast, usePast } from './past/context';

interface Services {
  live: LiveStore;
  isCreating: boolean;
  setCreating(open: boolean): void;
  isSearching: boolean;
  setSearching(open: boolean): void;
  memory: Memory;
}

/** The list that was shown last and how far it was scrolled, so that Back finds it again. */
interface Memory {
  list: { key: string; list: JobList; scrollTop: number } | null;
  /** The rows of the table that is shown. */
  rows: ReadonlyMap<number, Job> | null;
  /** Whether a list has just been turned round from its head, by key. */
  isTurned: boolean;
}

const Context = createContext<Services | null>(null);

export function ServicesProvider({ live, children }: { live: LiveStore; children: ReactNode }) {
  const [isCreating, setCreating] = useState(false);
  const [isSearching, setSearching] = useState(false);
  const [memory] = useState<Memory>({ list: null, rows: null, isTurned: false });
  const services = useMemo(
    () => ({ live, isCreating, setCreating, isSearching, setSearching, memory }),
    [live, isCreating, isSearching, memory],
  );
  return <Context.Provider value={services}>{children}</Context.Provider>;
}

export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error('used outside of ServicesProvider');
  return services;
}

export function useLiveState(): LiveState {
  const { live } = useServices();
  return useSyncExternalStore(live.onState, live.getState);
}

/** Whether the stream has been gone for so long that actions are off. */
export function useOffline(): boolean {
  const { connection } = useLiveState();
  return useRealClock((now) => isOffline(connection, now));
}

export const OFFLINE_REFUSAL = 'The server cannot be reached';
export const PAST_REFUSAL = 'You are looking at the past: return to live first (Esc)';

/** Why no action is possible now, whatever it is about; null when actions are on. */
export function useRefusal(): string | null {
  const isPast = useIsPast();
  const offline = useOffline();
  return isPast ? PAST_REFUSAL : offline ? OFFLINE_REFUSAL : null;
}

/** The counts of the moment one looks at: of now, or of then. */
export function useStats(): Stats | null {
  const past = usePast();
  const { stats } = useLiveState();
  return past ? past.stats : stats;
}
