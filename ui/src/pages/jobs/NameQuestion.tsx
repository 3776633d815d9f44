import { useState } from 'react';
import type { JobFilter } from '../../api/types';
import { queryFromFilter } from '../../core/filter';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';
import { useZone } from '../../ui/preferences';
import { NAME_CHARS, nameFault, saveView, useSavedViews } from '../../ui/savedViews';
import { toast } from '../../ui/toasts';
import { chipsOf, chipWords } from './chips';

/** Under which name a filter is saved. */
export function NameQuestion({ filter, onClose }: { filter: JobFilter; onClose(): void }) {
  const views = useSavedViews();
  const zone = useZone();
  const [name, setName] = useState(
    chipsOf(filter, zone)
      .map((chip) => chip.value)
      .join(', ')
      .slice(0, NAME_CHARS),
  );
  const fault = nameFault(name, views);
  const save = (): void => {
    saveView({ name, query: queryFromFilter(filter) });
    toast(`Saved the view ${name.trim()}`, { tone: 'good' });
    onClose();
  };
  return (
    <Confirm
      title="Save view"
      action="Save view"
      dismiss="Close"
      tone="pri"
      isOpen
      refusal={fault}
      onClose={onClose}
      onConfirm={save}
    >
      <p>
        It stands in the sidebar of this browser with the number of jobs that match:{' '}
        {chipsOf(filter, zone).map((chip, i) => (
          <span key={chipWords(chip)}>
            {i > 0 && ' and '}
            <b>{chipWords(chip)}</b>
          </span>
        ))}
        .
      </p>
      <TextField
        label="Name"
        value={name}
        maxLength={NAME_CHARS}
        onChange={setName}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || fault) return;
          event.preventDefault();
          save();
        }}
      />
    </Confirm>
  );
}
