import { useState } from 'react';
import type { BulkAction } from '../../api/actions';
import { count } from '../../core/numbers';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';
import { type Scope, scopeSize, scopeWords, wantsTyping } from './scope';

export interface Question {
  action: BulkAction;
  scope: Scope;
  of: string;
}

interface AskFirstProps {
  question: Question;
  onClose(): void;
  onConfirm(): void;
}

/** Says the exact scope before something large or final is done. */
export function AskFirst({ question, onClose, onConfirm }: AskFirstProps) {
  const { action, scope, of } = question;
  const [typed, setTyped] = useState('');
  const size = scopeSize(scope);
  const isTyped = wantsTyping(action, scope);
  const wanted = String(size);
  const isOpen = !isTyped || typed.replaceAll(/[\s,]/g, '') === wanted;
  const words = scopeWords(scope);
  return (
    <Confirm
      title={action === 'retry' ? `Redrive ${words}?` : `Discard ${words}?`}
      action={action === 'retry' ? `Redrive ${words}` : `Discard ${words}`}
      tone={action === 'retry' ? 'pri' : 'solid-danger'}
      dismiss="Keep them"
      refusal={isOpen ? null : `Type ${count(size)} first`}
      isOpen
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>
        {action === 'retry'
          ? `${of}: each job is queued again as its next generation, with all its attempts.`
          : `${of}: the jobs leave the dead letters and stay as Discarded. They can still be retried one by one.`}
      </p>
      {!('ids' in scope) && (
        <p className="dim">
          Every Failed job that matches when its turn comes is asked, also those that were not read here. Jobs
          created from now on are left alone.
        </p>
      )}
      {isTyped && (
        <TextField label={`Type ${wanted} to go on`} value={typed} onChange={setTyped} inputMode="numeric" />
      )}
    </Confirm>
  );
}
