import { Bookmark, BookmarkX } from 'lucide-react';
import { useState } from 'react';
import type { JobFilter } from '../../api/types';
import { filterFromQuery, isFiltered, queryFromFilter } from '../../core/filter';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';
import { useZone } from '../../ui/preferences';
import {
  NAME_CHARS,
  nameFault,
  removeView,
  type SavedView,
  saveView,
  useSavedViews,
} from '../../ui/savedViews';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import { chipsOf, chipWords } from './chips';

/** The saved view that is this filter. */
export function useViewOf(filter: JobFilter): SavedView | undefined {
  const query = queryFromFilter(filter);
  return useSavedViews().find((view) => queryFromFilter(filterFromQuery(view.query)) === query);
}

interface SaveViewProps {
  filter: JobFilter;
  view: SavedView | undefined;
}

/** Gives the filter a name, or takes it away. */
export function SaveView({ filter, view }: SaveViewProps) {
  const [isNaming, setNaming] = useState(false);
  const remove = (name: string): void => {
    removeView(name);
    toast(`Removed the view ${name}`);
  };
  const command = view
    ? { label: 'Remove view', run: () => remove(view.name) }
    : { label: 'Save view', run: () => setNaming(true) };
  const refusal = isFiltered(filter) ? null : 'Filter the jobs first';
  useShortcuts('View', [{ ...command, keys: [], refusal, isCommand: true }]);
  const Icon = view ? BookmarkX : Bookmark;
  return (
    <>
      {isFiltered(filter) && (
        <Button onClick={command.run}>
          <Icon className="i s" />
          <span className="bl">{command.label}</span>
        </Button>
      )}
      {isNaming && <NameQuestion filter={filter} onClose={() => setNaming(false)} />}
    </>
  );
}

function NameQuestion({ filter, onClose }: { filter: JobFilter; onClose(): void }) {
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
