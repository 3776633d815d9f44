import { X } from 'lucide-react';
import type { Operation } from '../../api/actions';
import { VERBS } from '../../core/bulk';
import { count, plural } from '../../core/numbers';
import { Button, IconButton } from '../../ui/Button';
import './bulk.css';
import type { Operations, ShownOperation } from './operations';

const DONE: Record<Operation['action'], string> = {
  retry: 'sent',
  cancel: 'cancelled',
  discard: 'discarded',
  'dead-letter': 'dead-lettered',
};

const ENDS: Record<Exclude<Operation['state'], 'RUNNING'>, string> = {
  FINISHED: 'done',
  STOPPED: 'stopped',
  FAILED: 'failed',
};

interface OperationListProps {
  operations: Operations;
  onOpen(id: number): void;
}

/** How far the bulk operations are, with a way to stop each and to look at it alone. */
export function OperationList({ operations, onOpen }: OperationListProps) {
  if (operations.shown.length === 0) return null;
  return (
    <aside className="operations" aria-label="Bulk operations">
      {operations.shown.map((shown) => (
        <OperationCard key={shown.operation.id} shown={shown} operations={operations} onOpen={onOpen} />
      ))}
    </aside>
  );
}

interface OperationCardProps extends OperationListProps {
  shown: ShownOperation;
}

function OperationCard({ shown, operations, onOpen }: OperationCardProps) {
  const { operation } = shown;
  const { id, state, total, changed, refused } = operation;
  const isRunning = state === 'RUNNING';
  const title = shown.title ?? `${VERBS[operation.action]} of ${plural(total, 'job')}`;
  const share = (n: number): string => `${total === 0 ? 0 : Math.min(100, (n / total) * 100)}%`;
  const first = operation.refusals[0];
  return (
    <section className="operation" aria-label={title}>
      <div className="row">
        <a
          className="med ellip"
          href={`/ui/bulk/${id}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(id);
          }}
        >
          {title}
        </a>
        <span className="grow" />
        {isRunning ? (
          <Button className="small" onClick={() => operations.stop(id)}>
            Stop
          </Button>
        ) : (
          <IconButton tone="ghost" label="Dismiss" className="small" onClick={() => operations.dismiss(id)}>
            <X className="i s" />
          </IconButton>
        )}
      </div>
      <div
        className="pbar"
        role="progressbar"
        aria-label={title}
        aria-valuenow={changed + refused}
        aria-valuemin={0}
        aria-valuemax={total}
      >
        <i className={isRunning ? 'going' : 'done'} style={{ width: share(changed) }} />
        <i className="no" style={{ width: share(refused) }} />
      </div>
      <p className="sub num" role="status">
        {count(changed)} of {operation.total_estimated && 'about '}
        {count(total)} {DONE[operation.action]}
        {refused > 0 && `, ${count(refused)} refused`}
        {!isRunning && `, ${ENDS[state]}`}
      </p>
      {operation.error && <p className="fault">{operation.error}</p>}
      {first && (
        <p className="sub ellip" title={first.detail}>
          job {count(first.job)}: {first.detail}
        </p>
      )}
    </section>
  );
}
