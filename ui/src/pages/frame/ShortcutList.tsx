import { Keys } from '../../ui/Keys';
import { Drawer } from '../../ui/Overlay';
import { setSingleKeys, useSingleKeys } from '../../ui/preferences';
import { isSingleKey, type Shortcut, useShortcutGroups } from '../../ui/shortcuts';

/** Those that work, where single keys may be off. */
const withKeys = (shortcuts: readonly Shortcut[], areSingleOn: boolean): Shortcut[] =>
  shortcuts.filter(({ keys }) => keys.some((key) => areSingleOn || !isSingleKey(key)));

/** The keys that work on the page that is open. */
export function ShortcutList({ onClose }: { onClose(): void }) {
  const groups = useShortcutGroups();
  const isOn = useSingleKeys();
  return (
    <Drawer title="Keyboard" description="The keys that work on this page" isOpen onClose={onClose}>
      <div className="db keys">
        <label className="row">
          <input
            type="checkbox"
            className="pick"
            checked={isOn}
            onChange={(event) => setSingleKeys(event.currentTarget.checked)}
          />
          Single keys
          <span className="faint">off: only keys with Ctrl, Esc, Enter, Del and arrows</span>
        </label>
        {groups
          .filter(({ read }) => withKeys(read(), isOn).length > 0)
          .toReversed()
          .map(({ name, read }) => (
            <section key={name}>
              <h3>{name}</h3>
              <dl>
                {withKeys(read(), isOn).map(({ label, keys }) => (
                  <div key={keys.join()}>
                    <dt>{label}</dt>
                    <dd>
                      {keys.map((key) => (
                        <Keys key={key} of={key} />
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
