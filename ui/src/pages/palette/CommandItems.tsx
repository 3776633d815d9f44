import { Command } from 'cmdk';
import { Keys } from '../../ui/Keys';
import type { ShortcutGroup } from '../../ui/shortcuts';

interface CommandItemsProps {
  groups: readonly ShortcutGroup[];
  onChoose(run: () => void): void;
}

/** What can be done here, those of the page before those of everywhere; last what cannot be done now, and why. */
export function CommandItems({ groups, onChoose }: CommandItemsProps) {
  const commands = groups
    .toReversed()
    .flatMap((group) => group.read().filter((shortcut) => shortcut.isCommand))
    .sort((a, b) => Number(Boolean(a.refusal)) - Number(Boolean(b.refusal)));
  return (
    <Command.Group heading="Actions">
      {commands.map(({ label, keys, refusal, run }) => (
        <Command.Item
          key={label}
          value={label}
          disabled={Boolean(refusal)}
          onSelect={() => onChoose(() => run())}
        >
          <span className="ellip">{label}</span>
          {refusal && <span className="why ellip">{refusal}</span>}
          <span className="grow" />
          {keys[0] && <Keys of={keys[0]} />}
        </Command.Item>
      ))}
    </Command.Group>
  );
}
