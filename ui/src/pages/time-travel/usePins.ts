import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { isFinal } from '../../api/askAgain';
import { getState, type State } from '../../api/past';

export type PinName = 'A' | 'B';

export interface Pin {
  name: PinName;
  seq: number;
  state: State | null;
  error: Error | null;
}

export interface Pins {
  list: Pin[];
  /** Sets a pin where the playhead stands. */
  set(name: PinName): void;
  clear(): void;
}

const READING_MS = 1000;

function usePin(name: PinName, text: string | undefined): Pin | null {
  const seq = /^\d{1,15}$/.test(text ?? '') ? Number(text) : null;
  const { data, error } = useQuery({
    queryKey: ['pin', seq],
    queryFn: ({ signal }) => getState({ kind: 'seq', seq: seq ?? 0 }, signal, 1),
    enabled: seq !== null,
    refetchInterval: ({ state }) => (state.error && !isFinal(state.error) ? READING_MS : false),
  });
  return seq === null ? null : { name, seq, state: data ?? null, error };
}

/** Two moments to compare, kept in the address. */
export function usePins(current: State | null): Pins {
  const { a, b } = useSearch({ from: '/time-travel' });
  const navigate = useNavigate({ from: '/time-travel' });
  const list = [usePin('A', a), usePin('B', b)].filter((pin) => pin !== null);
  return {
    list,
    set: (name) => {
      if (!current) return;
      const seq = String(current.seq);
      const change = name === 'A' ? { a: seq } : { b: seq };
      void navigate({ search: (kept) => ({ ...kept, ...change }), replace: true });
    },
    clear: () =>
      void navigate({ search: (kept) => ({ ...kept, a: undefined, b: undefined }), replace: true }),
  };
}
