import { useQueries } from '@tanstack/react-query';
import { every } from '../../api/askAgain';
import { keys } from '../../api/keys';
import { lastSucceeded } from '../../api/workers';
import { usualTime } from '../../core/usual';
import type { Slot } from '../../core/workers';

const FRESH_MS = 60_000;
/** Of further types the usual time is not asked for. */
const TYPES = 20;

/** The usual time of each type that runs somewhere. */
export function useUsual(slots: readonly Slot[], isOn: boolean): ReadonlyMap<string, number | null> {
  const types = [...new Set(slots.flatMap(({ job }) => job?.type ?? []))];
  const asked = isOn ? types.sort().slice(0, TYPES) : [];
  return useQueries({
    queries: asked.map((type) => ({
      queryKey: keys.usual(type),
      queryFn: async ({ signal }: { signal: AbortSignal }) => usualTime(await lastSucceeded(type, signal)),
      staleTime: FRESH_MS,
      refetchInterval: every(FRESH_MS),
      retry: false,
    })),
    combine: (answers) => new Map(asked.map((type, i) => [type, answers[i]?.data ?? null])),
  });
}
