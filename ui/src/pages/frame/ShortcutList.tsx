import { Drawer } from '../../ui/Overlay';
import { useShortcutGroups } from '../../ui/shortcuts';

const NAMES: Record<string, string> = { ArrowDown: '↓', ArrowUp: '↑' };

/** The keys that work on the page that is open. */
export function ShortcutList({ isOpen, onClose }: { isOpen: boolean; onClose(): void }) {
  const groups = useShortcutGroups();
  return (
    <Drawer title="Keyboard" description="The keys that work on this page" isOpen={isOpen} onClose={onClose}>
      <div className="db keys">
        {groups.map((group) => (
          <section key={group.name}>
            <h3>{group.name}</h3>
            <dl>
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.label}>
                  <dt>{shortcut.label}</dt>
                  <dd>
                    {shortcut.keys.map((key) => (
                      <kbd key={key}>
                        {NAMES[key] ??
                          (key.length === 1 || key.includes(' ') ? key.toUpperCase() : key.replace('+', ' '))}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Drawer>
  );
}
