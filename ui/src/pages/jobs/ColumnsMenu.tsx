import { type RefObject, useState } from 'react';
import {
  type Column,
  columnTitle,
  isPayload,
  MOST_COLUMNS,
  NAMED_COLUMNS,
  payloadColumn,
  payloadFields,
  withColumn,
} from '../../core/columns';
import { Button } from '../../ui/Button';
import { ButtonPopover } from '../../ui/ButtonPopover';
import { type Density, setDensity, useDensity } from '../../ui/preferences';
import { Segmented } from '../../ui/Segmented';
import { useServices } from '../services';
import './columns.css';
import { useListLook } from './useListLook';

const DENSITIES = [
  ['comfortable', 'Comfortable'],
  ['compact', 'Compact'],
] as const satisfies readonly (readonly [Density, string])[];

interface ColumnsMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** Columns to have or not, any field of the payload among them. */
export function ColumnsMenu({ button, onClose }: ColumnsMenuProps) {
  const { columns, setColumns } = useListLook();
  const { memory } = useServices();
  const density = useDensity();
  // They stay in their places while the menu is open, also those that are taken away again.
  const [fields, setFields] = useState<readonly Column[]>(() => [
    ...new Set([...columns.filter(isPayload), ...payloadFields(memory.rows?.values() ?? [])]),
  ]);
  const isFull = columns.length >= MOST_COLUMNS;
  const box = (column: Column) => (
    <label key={column} className="row">
      <input
        type="checkbox"
        className="pick"
        checked={columns.includes(column)}
        disabled={isFull && !columns.includes(column)}
        onChange={(event) => setColumns(withColumn(columns, column, event.currentTarget.checked))}
      />
      <span className="ellip" title={column}>
        {columnTitle(column)}
      </span>
    </label>
  );
  const add = (column: Column): void => {
    setFields((known) => (known.includes(column) ? known : [...known, column]));
    setColumns(withColumn(columns, column, true));
  };
  return (
    <ButtonPopover label="Columns and density" className="menu columns" button={button} onClose={onClose}>
      <fieldset>
        <legend>Columns</legend>
        {NAMED_COLUMNS.map(box)}
      </fieldset>
      <fieldset>
        <legend>From the payload</legend>
        <div className="fields">{fields.map(box)}</div>
        <AddField isFull={isFull} onAdd={add} />
      </fieldset>
      <fieldset>
        <legend>Density</legend>
        <Segmented label="Density" options={DENSITIES} value={density} isFull onChange={setDensity} />
      </fieldset>
    </ButtonPopover>
  );
}

function AddField({ isFull, onAdd }: { isFull: boolean; onAdd(column: Column): void }) {
  const [typed, setTyped] = useState('');
  const column = payloadColumn(typed);
  const refusal = isFull ? `At most ${MOST_COLUMNS} columns` : column ? null : 'Name a field first';
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal !== null || column === null) return;
        onAdd(column);
        setTyped('');
      }}
    >
      <input
        className="input mono"
        aria-label="Field of the payload"
        placeholder="customer.region"
        value={typed}
        maxLength={90}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button type="submit" refusal={refusal}>
        Add
      </Button>
    </form>
  );
}
