import { useState } from 'react';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { limitFrom } from '../../core/queues';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';

interface LimitQuestionProps {
  queue: Queue;
  onClose(): void;
  onConfirm(limit: number | null): void;
}

/** Asks how many attempts of a queue may run at a time. */
export function LimitQuestion({ queue, onClose, onConfirm }: LimitQuestionProps) {
  const [text, setText] = useState(queue.concurrency?.toString() ?? '');
  const limit = limitFrom(text);
  const fault = typeof limit === 'string' ? limit : undefined;
  return (
    <Confirm
      title={`Limit ${queue.name}`}
      action={limit === null ? 'No limit' : 'Set the limit'}
      dismiss="Leave as is"
      tone="pri"
      refusal={fault ?? null}
      isOpen
      onClose={onClose}
      onConfirm={() => typeof limit !== 'string' && onConfirm(limit)}
    >
      <p>
        So many attempts of this queue run at the same time, wherever they run. {count(queue.running)} run
        now; a lower limit ends none of them.
      </p>
      <TextField
        label="Attempts at a time; empty is no limit"
        inputMode="numeric"
        value={text}
        fault={fault}
        onChange={setText}
      />
    </Confirm>
  );
}
