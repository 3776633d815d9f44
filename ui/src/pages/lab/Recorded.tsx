import { type HistoryDraft, isoOfWall, STRETCHES, wallText } from '../../core/labHistory';
import { zoneWords } from '../../core/zone';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { useZone } from '../../ui/preferences';

interface RecordedProps {
  history: HistoryDraft;
  onChange(part: Partial<HistoryDraft>): void;
  onLast(minutes: number): void;
}

/** Which part of the server's own log is played. */
export function Recorded({ history, onChange, onLast }: RecordedProps) {
  const zone = useZone();
  const time = (name: 'from' | 'to', label: string) => (
    <TextField
      label={`${label}, ${zoneWords(zone)}`}
      type="datetime-local"
      step={1}
      value={wallText(history[name], zone)}
      onChange={(typed) => onChange({ [name]: isoOfWall(typed, zone) })}
    />
  );
  return (
    <>
      <section className="cs" aria-label="Time">
        <div className="stack">
          {time('from', 'From')}
          {time('to', 'To')}
        </div>
        <div className="row lasts">
          <span className="sub">The last</span>
          {STRETCHES.map(([label, minutes]) => (
            <Button key={label} tone="ghost" className="small" onClick={() => onLast(minutes)}>
              {label}
            </Button>
          ))}
        </div>
      </section>
      <section className="cs" aria-label="Of these">
        <div className="pair">
          <TextField
            label="Queues"
            value={history.queues}
            placeholder="all"
            onChange={(queues) => onChange({ queues })}
          />
          <TextField
            label="Slots"
            inputMode="numeric"
            value={history.slots}
            placeholder="as many as ran"
            onChange={(slots) => /^\d{0,6}$/.test(slots) && onChange({ slots })}
          />
        </div>
        <p className="sub">
          The same jobs come at the same times. The assumption: an attempt fails as often as real attempts of
          its type did within the same minute, and takes as long as they took on average.
        </p>
      </section>
    </>
  );
}
