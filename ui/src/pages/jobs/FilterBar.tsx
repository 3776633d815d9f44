import { useNavigate } from '@tanstack/react-router';
import { ListFilter, X } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { JobFilter } from '../../api/types';
import { addToken, isFiltered } from '../../core/filter';
import { statusLabel } from '../../core/status';
import { useShortcuts } from '../../ui/shortcuts';

interface FilterBarProps {
  filter: JobFilter;
  onChange(filter: JobFilter): void;
}

export interface Chip {
  field: string;
  value: string;
  without: JobFilter;
}

export function chipsOf(filter: JobFilter): Chip[] {
  const chips: Chip[] = [];
  const { status, type, queue } = filter;
  if (status.length > 0) {
    chips.push({
      field: 'status',
      value: status.map(statusLabel).join(' or '),
      without: { ...filter, status: [] },
    });
  }
  if (type !== null) chips.push({ field: 'type', value: type, without: { ...filter, type: null } });
  if (queue !== null) chips.push({ field: 'queue', value: queue, without: { ...filter, queue: null } });
  return chips;
}

/** The filter as chips, and a field that takes `type:x`, `queue:y`, `status:failed` or a job ID. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const navigate = useNavigate();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const chips = chipsOf(filter);
  useShortcuts('Filter', [{ keys: ['/'], label: 'Filter jobs', run: () => input.current?.focus() }]);

  const commit = (): void => {
    const result = addToken(filter, text);
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
    else if (event.key === ' ' && /^\w+:\S+$/.test(text)) {
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
          <span className="tok" key={chip.field}>
            <span>{chip.field}</span>
            <em>is</em>
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
          placeholder={
            isFiltered(filter) ? 'Add a filter' : 'Filter by type:, queue: or status:, or enter a job ID'
          }
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
