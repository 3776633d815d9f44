import { Ban, Inbox, type LucideIcon, RotateCw, Trash2, X } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { BulkAction } from '../../core/bulk';
import { count } from '../../core/numbers';
import type { Selection } from '../../core/selection';
import { Button, IconButton } from '../../ui/Button';
import './bulkbar.css';
import type { Bulk } from './useBulk';

const AskFirst = lazy(() =>
  import('../bulk/AskFirst').then(({ AskFirst: component }) => ({ default: component })),
);

const ICONS: Record<BulkAction, LucideIcon> = {
  retry: RotateCw,
  cancel: Ban,
  'dead-letter': Inbox,
  discard: Trash2,
};
const KEYS: Partial<Record<BulkAction, string>> = { retry: 'R', cancel: 'C', discard: 'Del' };

interface BulkBarProps {
  bulk: Bulk;
  selection: Selection;
  onSelectAll(): void;
  onClear(): void;
}

/** How many jobs are chosen and what can be done with them. */
export function BulkBar({ bulk, selection, onSelectAll, onClear }: BulkBarProps) {
  const { size, matching, commands, question } = bulk;
  const words = size === null ? 'Counting' : `${count(size)} selected`;
  const hasMore = selection.kind === 'rows' && matching !== null && matching > selection.ids.size;
  return (
    <>
      {bulk.isActive && (
        <div className="bulk" role="toolbar" aria-label={`Actions for ${words.toLowerCase()} jobs`}>
          <span className="med num" role="status">
            {words}
          </span>
          {selection.kind === 'query' && (
            <span className="faint num asof">as of seq {count(selection.seq)}</span>
          )}
          {hasMore && (
            <button type="button" className="link" onClick={onSelectAll}>
              Select all {count(matching)} that match
            </button>
          )}
          <span className="sep" />
          {commands.map(({ action, label, refusal, run }) => {
            const Icon = ICONS[action];
            const key = KEYS[action];
            return (
              <Button
                key={action}
                tone={action === 'retry' ? 'pri' : undefined}
                refusal={refusal}
                onClick={run}
              >
                <Icon className="i s" />
                <span className="bl">{label}</span>
                {key && <kbd aria-hidden="true">{key}</kbd>}
              </Button>
            );
          })}
          <span className="sep" />
          <IconButton tone="ghost" label="Clear the selection" onClick={onClear}>
            <X className="i s" />
          </IconButton>
        </div>
      )}
      <Suspense>
        {question && <AskFirst question={question} onClose={bulk.dismiss} onConfirm={bulk.confirm} />}
      </Suspense>
    </>
  );
}
