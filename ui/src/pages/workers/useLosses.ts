import type { Flag } from '../../core/timeline';
import { useNow } from '../../ui/clock';
import { useFlags } from '../time-travel/useFlags';

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** When workers were lost within the last hour, the newest last. */
export function useLosses(isOn: boolean): readonly Flag[] {
  const now = useNow(true, MINUTE);
  const to = now + MINUTE;
  const { flags } = useFlags({ from: to - HOUR, to }, now, isOn);
  return flags.filter(({ type }) => type === 'WorkerLost');
}
