import { Command } from 'cmdk';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import { useShortcutGroups } from '../../ui/shortcuts';
import { CommandItems } from './CommandItems';
import { JobItem } from './JobItem';
import { PlaceItems } from './PlaceItems';
import { QueueItems } from './QueueItems';
import './palette.css';
import { rank } from './rank';

interface PaletteProps {
  onClose(): void;
}

/** Runs the same commands as buttons and keys, and goes to pages, queues, saved views and jobs. */
export function Palette({ onClose }: PaletteProps) {
  const groups = useShortcutGroups();
  const [search, setSearch] = useState('');
  // The dialog first gives the focus back, then the command may take it, or ask.
  const choose = (run: () => void): void => {
    onClose();
    window.setTimeout(run);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="shade" />
        <Dialog.Content className="palette dlg" aria-describedby={undefined}>
          <Dialog.Title className="sr">Search or run</Dialog.Title>
          <Command label="Search or run" loop filter={rank}>
            <div className="pin">
              <Command.Input
                value={search}
                onValueChange={setSearch}
                placeholder="Search or run, or enter a job ID"
                maxLength={200}
              />
              <kbd aria-hidden="true">Esc</kbd>
            </div>
            <Command.List>
              <Command.Empty>Nothing is called that</Command.Empty>
              <JobItem search={search} onChoose={choose} />
              <CommandItems groups={groups} onChoose={choose} />
              <PlaceItems onChoose={choose} />
              <QueueItems onChoose={choose} />
            </Command.List>
            <footer aria-hidden="true">
              <kbd>↑</kbd>
              <kbd>↓</kbd> move
              <kbd>Enter</kbd> run
            </footer>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
