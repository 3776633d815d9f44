import { useNavigate } from '@tanstack/react-router';
import { ListFilter, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { JobFilter } from '../../api/types';
import { isFiltered } from '../../core/filter';
import { addToken, TOKEN_NAMES } from '../../core/filterText';
import { useZone } from '../../ui/preferences';
import { serverNow } from '../../ui/serverTime';
import { useShortcuts } from '../../ui/shortcuts';
import { chipsOf, chipWords } from './chips';

interface FilterBarProps {
  filter: JobFilter;
  onChange(filter: JobFilter): void;
}

const EVERYTHING = `Search, or filter by ${TOKEN_NAMES.map((name) => `${name}:`).join(' ')} or a job ID`;

/** Done at a space; errors and searches may have several words. */
const ONE_WORD = /^(status|type|queue|tag|after|before):[^\s"]+$/;

/** The filter as chips, and a field that takes text to search for, `type:x`, `after:2h` and the like, or a job ID. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const navigate = useNavigate();
  const zone = useZone();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const chips = chipsOf(filter, zone);
  useShortcuts('Filter', [{ keys: ['/'], label: 'Filter jobs', run: () => input.current?.focus() }]);

  const commit = (): void => {
    const result = addToken(filter, text, serverNow(), zone);
    if (result.kind === 'fault') {
      setFault(result.message);
      return;
    }
    setText('');
    setFault('');
    if (result.kind === 'job') void navigate({ to: '/jobs/$id', params: { id: String(result.id) } });
    else onChange(result.filter);
  };

  const press = (event: KeyboardEvent): void => {
    const last = chips.at(-1);
    if (event.key === 'Enter' && text.trim() !== '') commit();
    else if (event.key === ' ' && ONE_WORD.test(text)) {
      event.preventDefault();
      commit();
    } else if (event.key === 'Backspace' && text === '' && last) onChange(last.without);
    else if (event.key === 'Escape') input.current?.blur();
  };

  return (
    <div className="filters">
      <div className="q" onClick={() => input.current?.focus()}>
        <ListFilter className="i" />
        {chips.map((chip) => (
          <span className="tok" key={chipWords(chip)}>
            <span>{chip.field}</span>
            <em>{chip.verb}</em>
            <b>{chip.value}</b>
            <button
              type="button"
              aria-label={`Remove ${chip.field} filter`}
              onClick={() => onChange(chip.without)}
            >
              <X className="i s" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          value={text}
          aria-label="Filter jobs"
          aria-invalid={fault !== ''}
          aria-describedby={fault ? 'filter-fault' : undefined}
          placeholder={isFiltered(filter) ? 'Add a filter' : EVERYTHING}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setText(event.target.value);
            setFault('');
          }}
          onKeyDown={press}
        />
        {fault !== '' && (
          <span className="c-failed fault" id="filter-fault" role="alert">
            {fault}
          </span>
        )}
        <kbd aria-hidden="true">/</kbd>
      </div>
    </div>
  );
}
