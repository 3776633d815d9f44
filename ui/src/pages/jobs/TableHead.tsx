import { ChevronDown, ChevronUp } from 'lucide-react';
import { type MouseEvent, useEffect, useRef } from 'react';
import { type Column, columnTitle } from '../../core/columns';
import type { JobOrder } from '../../core/order';
import { useShortcuts } from '../../ui/shortcuts';
import { useServices } from '../services';
import type { SelectionControl } from './useSelection';

const COLUMNS = ['Status', 'Job', 'ID', 'Attempts', 'Next or last run', 'Run time', 'Last error'];

/** With the box before them and Created behind them. */
export const countColumns = (columns: readonly Column[]): number => COLUMNS.length + columns.length + 2;

interface TableHeadProps {
  control: SelectionControl;
  columns: readonly Column[];
  order: JobOrder;
  onOrder(order: JobOrder): void;
}

export function TableHead({ control, columns, order, onOrder }: TableHeadProps) {
  return (
    <div role="rowgroup" className="thead">
      <div role="row" aria-rowindex={1} className="jrow head">
        <div role="columnheader">
          <PickAll control={control} />
        </div>
        {COLUMNS.map((name) => (
          <div role="columnheader" key={name} className={name === 'Run time' ? 'right' : ''}>
            {name}
          </div>
        ))}
        {columns.map((column) => (
          <div role="columnheader" key={column} className="c-x ellip" title={column}>
            {columnTitle(column)}
          </div>
        ))}
        <div
          role="columnheader"
          className="right"
          aria-sort={order === 'newest' ? 'descending' : 'ascending'}
        >
          <SortButton order={order} onOrder={onOrder} />
        </div>
      </div>
    </div>
  );
}

/** Turns the list round. Jobs are numbered as they are created, so this is also the order of their ids. */
function SortButton({ order, onOrder }: Pick<TableHeadProps, 'order' | 'onOrder'>) {
  const { memory } = useServices();
  const button = useRef<HTMLButtonElement>(null);
  const next: JobOrder = order === 'newest' ? 'oldest' : 'newest';
  const words = next === 'oldest' ? 'Oldest first' : 'Newest first';
  const flip = (event: MouseEvent): void => {
    // A click has a count of clicks, a key has none. After a click the table is not held by a focus that nobody wanted.
    memory.isTurned = event.detail === 0;
    onOrder(next);
  };
  // Another order is another list with a head of its own: whoever turned it by key goes on from there.
  useEffect(() => {
    if (memory.isTurned) button.current?.focus();
    memory.isTurned = false;
  }, [memory]);
  useShortcuts('Order', [{ keys: [], label: words, isCommand: true, run: () => onOrder(next) }]);
  const Icon = order === 'newest' ? ChevronDown : ChevronUp;
  return (
    <button ref={button} type="button" className="sortb" title={words} onClick={flip}>
      Created
      <Icon className="i s" />
    </button>
  );
}

/** Selects the loaded rows, or none. */
function PickAll({ control }: { control: SelectionControl }) {
  const { extent } = control;
  return (
    <input
      type="checkbox"
      className="pick"
      aria-label="Select the loaded rows"
      ref={(box) => {
        if (box) box.indeterminate = extent === 'some';
      }}
      checked={extent === 'all'}
      onChange={extent === 'none' ? control.selectLoaded : control.clear}
    />
  );
}
