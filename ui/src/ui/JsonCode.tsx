import { useState } from 'react';
import { type TokenKind, tokens } from '../core/json';
import { bytes } from '../core/numbers';
import { Button } from './Button';

const CLASSES: Record<TokenKind, string | undefined> = {
  key: 'k',
  string: 'str',
  number: 'nu',
  punctuation: 'pu',
  space: undefined,
};

const FOLD_AT = 64 * 1024;

/** JSON as it was sent, coloured. Long text folds and is shown plain when opened. */
export function JsonCode({ text, label }: { text: string; label: string }) {
  const [isOpen, setOpen] = useState(false);
  const isLong = text.length > FOLD_AT;
  const shown = isLong && !isOpen ? text.slice(0, FOLD_AT) : text;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard. */}
      <pre className="code" tabIndex={0} aria-label={label} role="region">
        {isLong
          ? shown
          : tokens(shown).map((token, i) => (
              <span key={i} className={CLASSES[token.kind]}>
                {token.text}
              </span>
            ))}
      </pre>
      {isLong && !isOpen && <Button onClick={() => setOpen(true)}>Load all, {bytes(text.length)}</Button>}
    </>
  );
}
