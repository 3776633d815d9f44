import type { JobEvent, Json } from '../../api/types';
import { errorOf, eventSummary } from '../../core/eventWords';
import { brief } from '../../core/json';
import { plural } from '../../core/numbers';

const MOST = 4;
const LONGEST = 300;

const isShown = (value: Json | undefined): boolean =>
  value != null && value !== '' && typeof value !== 'object';

/** The plain fields of an event of the system: `queue imports, reason deploy`. */
const systemSummary = ({ data }: JobEvent): string =>
  Object.entries(data)
    .filter(([, value]) => isShown(value))
    .slice(0, MOST)
    .map(([name, value]) => `${name.replaceAll('_', ' ')} ${brief(value)}`)
    .join(', ');

/** What an event says beyond its columns. */
export function rowSummary(event: JobEvent, start: JobEvent | undefined): string {
  if (event.job === 0) return systemSummary(event);
  if (event.type === 'Failed') {
    const { message } = errorOf(event.data);
    return (
      eventSummary(event, start ? [start] : []) + (message === '' ? '' : `: ${message.slice(0, LONGEST)}`)
    );
  }
  if (event.type !== 'Created') return eventSummary(event, start ? [start] : []);
  const { priority, max_attempts, run_at } = event.data;
  const later = typeof run_at === 'string' ? `, not before ${run_at}` : '';
  return `priority ${brief(priority)}, up to ${plural(Number(max_attempts), 'attempt')}${later}`;
}
