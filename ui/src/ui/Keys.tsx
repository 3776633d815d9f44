import { useSingleKeys } from './preferences';
import { isSingleKey } from './shortcuts';

const NAMES: Record<string, string> = {
  ArrowDown: '↓',
  ArrowUp: '↑',
  Delete: 'Del',
  Escape: 'Esc',
};

const words = (key: string): string =>
  key
    .split('+')
    .map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ');

/** A key or one after another: `Shift J`, `G O`; nothing where it does nothing. */
export function Keys({ of }: { of: string }) {
  const areSingleKeysOn = useSingleKeys();
  if (!areSingleKeysOn && isSingleKey(of)) return null;
  return (
    <span className="row tight">
      {of.split(' ').map((key) => (
        <kbd key={key}>{words(key)}</kbd>
      ))}
    </span>
  );
}
