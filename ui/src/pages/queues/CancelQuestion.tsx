import { useState } from 'react';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { AskFirst } from '../bulk/AskFirst';
import { useOperations } from '../bulk/operations';
import { bulkRequest, type Scope } from '../bulk/scope';

/** Asks, with the number typed, before all that waits in a queue is cancelled. */
export function CancelQuestion({ queue, onClose }: { queue: Queue; onClose(): void }) {
  const operations = useOperations();
  const { name } = queue;
  // What it was when the question was asked.
  const [about] = useState(queue.by_status.QUEUED);
  const scope: Scope = { filter: { status: ['QUEUED'], queue: name }, about, isEstimated: false };
  const request = bulkRequest('cancel', scope);
  return (
    <AskFirst
      question={{
        action: 'cancel',
        verb: 'Cancel',
        scope,
        of: `All ${count(about)} queued in ${name}. What runs there, or waits for a retry, goes on.`,
        request,
        isTyped: true,
      }}
      onClose={onClose}
      onConfirm={() => operations.start(request, `Cancelling what is queued in ${name}`)}
    />
  );
}
