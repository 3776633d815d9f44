import type { Draft } from '../../core/draft';
import { zoneWords } from '../../core/zone';
import { TextField } from '../../ui/Field';
import { useZone } from '../../ui/preferences';
import { Segmented } from '../../ui/Segmented';

interface StartFieldsProps {
  draft: Draft;
  faults: Record<string, string>;
  onChange(change: Partial<Draft>): void;
}

const STARTS = [
  ['now', 'Now'],
  ['delay', 'After a delay'],
  ['at', 'At a time'],
] as const;

export function StartFields({ draft, faults, onChange }: StartFieldsProps) {
  const zone = useZone();
  return (
    <div className="g2 start">
      <div>
        <span className="lab">Start</span>
        <Segmented
          label="Start"
          options={STARTS}
          value={draft.startWhen}
          isFull
          onChange={(startWhen) => onChange({ startWhen })}
        />
      </div>
      {draft.startWhen === 'delay' && (
        <TextField
          label="Delay, ms"
          value={draft.delay}
          fault={faults.delay_ms}
          inputMode="numeric"
          onChange={(delay) => onChange({ delay })}
        />
      )}
      {draft.startWhen === 'at' && (
        <TextField
          label={`Run at, ${zoneWords(zone)}`}
          type="datetime-local"
          step={1}
          value={draft.runAt}
          fault={faults.run_at}
          onChange={(runAt) => onChange({ runAt })}
        />
      )}
    </div>
  );
}
