import { type Draft, readDraft } from '../../core/draft';
import { forecast } from '../../core/forecast';
import { shorten, type Tick } from '../../core/ticks';
import { Ticks } from '../../ui/Ticks';

const TICKS: Record<string, Tick> = { f: 'failed', o: 'succeeded', '.': 'left' };

/** What the failure plan and the policy lead to. */
export function Outlook({ draft }: { draft: Draft }) {
  const reading = readDraft(draft);
  if (!reading) return null;
  const { ticks, sentence } = forecast(reading.plan, reading.policy, reading.maxAttempts, reading.durationMs);
  const marks = [...ticks].map((tick) => TICKS[tick] ?? 'left');
  return (
    <p className="row outlook" role="status">
      <Ticks ticks={shorten(marks)} label="Planned attempts" />
      <span>{sentence}</span>
    </p>
  );
}
