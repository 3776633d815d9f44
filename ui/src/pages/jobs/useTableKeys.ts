import type { Job } from '../../api/types';
import type { BulkAction } from '../../core/bulk';
import { type Shortcut, useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import type { useJobActions } from '../useJobActions';
import type { Bulk } from './useBulk';
import type { SelectionControl } from './useSelection';

interface TableKeys {
  /** The job of the current row. */
  job: Job | undefined;
  index: number;
  bulk: Bulk;
  control: SelectionControl;
  actions: ReturnType<typeof useJobActions>;
  onFocusRow(index: number): number | undefined;
  onOpen(id: number): void;
  onEdit(job: Job): void;
  peeked: number | null;
  onPeek(id: number | null): void;
  onShowFresh(): void;
}

/** The keys of the table. An action is about the selection where there is one, else about the current row. */
export function useTableKeys(table: TableKeys): void {
  const { job, index, bulk, control, actions } = table;
  const act = (action: BulkAction, key: string, word: string): Shortcut => {
    const command = bulk.commands.find((each) => each.action === action);
    if (bulk.isActive && command) {
      const label = `${command.label}: the selection`;
      return {
        keys: [key],
        label,
        refusal: command.refusal,
        isCommand: true,
        run: () => say(command.refusal, command.run),
      };
    }
    const refusal = job ? actions.refusal(action, job) : 'No row is chosen';
    const run = (): void => {
      if (!job) return;
      if (action === 'discard') say(refusal, () => bulk.ask('discard', job));
      else actions.run(action, job);
    };
    const label = job ? `${word} job ${job.id}` : `${word} the job of the row`;
    return { keys: [key], label, refusal, isCommand: job !== undefined, run };
  };
  const extend = (by: number): void => {
    if (job && !bulk.isActive) control.toggle(job.id);
    const id = table.onFocusRow(Math.max(0, index + by));
    if (id !== undefined) control.extend(id);
  };
  const edit = (of: Job): void => say(actions.refusal('edit', of), () => table.onEdit(of));
  useShortcuts('Table', [
    { keys: ['j', 'ArrowDown'], label: 'Next row', run: () => void table.onFocusRow(index + 1) },
    { keys: ['k', 'ArrowUp'], label: 'Row before', run: () => void table.onFocusRow(Math.max(0, index - 1)) },
    { keys: ['Enter'], label: 'Open the job', run: () => job && table.onOpen(job.id) },
    { keys: ['Space'], label: 'Select the row, or not', run: () => job && control.toggle(job.id) },
    { keys: ['Shift+J', 'Shift+ArrowDown'], label: 'Select down', run: () => extend(1) },
    { keys: ['Shift+K', 'Shift+ArrowUp'], label: 'Select up', run: () => extend(-1) },
    { keys: ['Ctrl+A'], label: 'Select the loaded rows', isCommand: true, run: control.selectLoaded },
    { keys: ['Ctrl+Shift+A'], label: 'Select all that match', isCommand: true, run: control.selectQuery },
    {
      keys: ['p'],
      label: table.peeked === null ? 'Peek at the job of the row' : 'Close the job beside the list',
      run: () => table.onPeek(table.peeked === null ? (job?.id ?? null) : null),
    },
    { keys: ['.'], label: 'Show new jobs, re-sort', run: table.onShowFresh },
    act('retry', 'r', 'Retry'),
    {
      keys: ['e'],
      label: job ? `Edit and retry job ${job.id}` : 'Edit and retry the job of the row',
      refusal: job ? actions.refusal('edit', job) : null,
      isCommand: job !== undefined,
      run: () => job && edit(job),
    },
    act('cancel', 'c', 'Cancel'),
    act('discard', 'Delete', 'Discard'),
    ...(bulk.isActive ? [{ keys: ['Escape'], label: 'Clear the selection', run: control.clear }] : []),
    ...(!bulk.isActive && table.peeked !== null
      ? [{ keys: ['Escape'], label: 'Close the job beside the list', run: () => table.onPeek(null) }]
      : []),
  ]);
}

/** Runs it, or says why not. */
function say(refusal: string | null, run: () => void): void {
  if (refusal === null) run();
  else toast(refusal, { tone: 'bad' });
}
