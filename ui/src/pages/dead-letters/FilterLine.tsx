import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { DeadLetterFilter } from '../../api/deadLetters';
import type { GroupSort } from '../../core/deadLetters';
import { plural } from '../../core/numbers';
import { useShortcuts } from '../../ui/shortcuts';
import { useStats } from '../services';

const SETTLE_MS = 300;
const SORTS = [
  ['count', 'Most jobs'],
  ['last', 'Seen last'],
  ['first', 'New first'],
  ['growth', 'Growing'],
] as const;

interface FilterLineProps {
  filter: DeadLetterFilter;
  sort: GroupSort;
  queues: readonly string[];
  onFilter(filter: DeadLetterFilter): void;
  onSort(sort: GroupSort): void;
}

/** Text, queue and order of the list. */
export function FilterLine({ filter, sort, queues, onFilter, onSort }: FilterLineProps) {
  const input = useRef<HTMLInputElement>(null);
  const stats = useStats();
  const [text, setText] = useState(filter.q);
  const latest = useRef(onFilter);
  latest.current = onFilter;
  useShortcuts('Filter', [{ keys: ['/'], label: 'Filter dead letters', run: () => input.current?.focus() }]);
  useEffect(() => {
    if (text.trim() === filter.q) return;
    const timer = window.setTimeout(() => latest.current({ ...filter, q: text.trim() }), SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [text, filter]);
  const failed = stats?.by_status.FAILED;
  const names = [...new Set([...queues, filter.queue])].filter((name) => name !== '').sort();
  return (
    <div className="gf">
      <div className="field grow">
        <Search className="i s" />
        <input
          ref={input}
          value={text}
          aria-label="Filter dead letters by type, error message or tag"
          placeholder={
            failed === undefined ? 'Filter dead letters' : `Filter ${plural(failed, 'dead letter')}`
          }
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <select
        className="input"
        aria-label="Queue"
        value={filter.queue}
        onChange={(event) => onFilter({ ...filter, queue: event.target.value })}
      >
        <option value="">All queues</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        className="input"
        aria-label="Order of groups"
        value={sort}
        onChange={(event) => onSort(event.target.value as GroupSort)}
      >
        {SORTS.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
