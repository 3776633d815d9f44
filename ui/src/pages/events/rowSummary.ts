import type { JobEvent, Json } from '../../api/types';
import { errorOf, eventSummary, timeWords } from '../../core/eventWords';
import { brief } from '../../core/json';
import { plural } from '../../core/numbers';
import type { Zone } from '../../core/zone';

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

const FAULTS: Record<string, string> = {
  deliver_twice: 'delivered once more',
  drop_ack: 'result lost',
  delay_fetch: 'fetch delayed',
  expire_lease: 'lease ended early',
  quiet_beat: 'told to be quiet',
  cut_connection: 'connection cut at delivery',
};

const fault = (kind: Json | undefined): string => FAULTS[String(kind)] ?? brief(kind);

const howOften = (data: JobEvent['data']): string =>
  Number(data.every) > 0 ? `every ${brief(data.every)}` : `${Number(data.probability_ppm) / 10_000} %`;

/** Events of the system whose fields alone say too little. */
const SENTENCES: Record<string, (data: JobEvent['data']) => string> = {
  Forked: (data) =>
    `a copy of events ${brief(data.from)} to ${brief(data.last)} of another log${data.redacted ? ', redacted' : ''}`,
  FaultRuleSet: (data) =>
    [
      `rule ${brief(data.name)}: ${fault(data.kind)}`,
      howOften(data),
      data.queue && `queue ${brief(data.queue)}`,
      data.type && `type ${brief(data.type)}`,
    ]
      .filter(Boolean)
      .join(', '),
  FaultInjected: (data) =>
    `${data.job === 0 ? '' : `job ${brief(data.job)}: `}${fault(data.kind)}, worker ${brief(data.worker)}, rule ${brief(data.rule)}`,
};

/** What an event says beyond its columns. */
export function rowSummary(event: JobEvent, start: JobEvent | undefined, zone: Zone): string {
  if (event.job === 0) return SENTENCES[event.type]?.(event.data) ?? systemSummary(event);
  if (event.type === 'Failed') {
    const { message } = errorOf(event.data);
    return (
      eventSummary(event, start ? [start] : [], zone) +
      (message === '' ? '' : `: ${message.slice(0, LONGEST)}`)
    );
  }
  if (event.type !== 'Created') return eventSummary(event, start ? [start] : [], zone);
  const { priority, max_attempts, run_at } = event.data;
  const later = typeof run_at === 'string' ? `, not before ${timeWords(run_at, event, zone)}` : '';
  return `priority ${brief(priority)}, up to ${plural(Number(max_attempts), 'attempt')}${later}`;
}
