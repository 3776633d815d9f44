import { useState } from 'react';
import type { Queue } from '../../api/types';
import { plural } from '../../core/numbers';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';

const REASON_CHARS = 1000;

interface PauseQuestionProps {
  queue: Queue;
  onClose(): void;
  onConfirm(reason: string): void;
}

/** Asks before a queue is paused, and why: whoever finds it so later reads it. */
export function PauseQuestion({ queue, onClose, onConfirm }: PauseQuestionProps) {
  const [reason, setReason] = useState('');
  return (
    <Confirm
      title={`Pause ${queue.name}`}
      action={`Pause ${queue.name}`}
      dismiss="Leave as is"
      tone="pri"
      isOpen
      onClose={onClose}
      onConfirm={() => onConfirm(reason.trim())}
    >
      <p>
        No attempt of this queue starts until it is resumed, also after a restart of the server.{' '}
        {queue.running > 0
          ? `${plural(queue.running, 'attempt')} that run${queue.running === 1 ? 's' : ''} now go${queue.running === 1 ? 'es' : ''} on.`
          : 'Nothing of it runs now.'}
      </p>
      <TextField
        label="Reason, for whoever finds it so"
        value={reason}
        maxLength={REASON_CHARS}
        onChange={setReason}
      />
    </Confirm>
  );
}
