import { Copy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { BulkRequest } from '../../api/actions';
import { type BulkAction, EFFECTS } from '../../core/bulk';
import { curlFor } from '../../core/curl';
import { count } from '../../core/numbers';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Confirm } from '../../ui/Overlay';
import { copy } from '../../ui/toasts';
import { type Scope, scopeSize, scopeWords, wantsTyping } from './scope';

export interface Question {
  action: BulkAction;
  /** As the button names it. */
  verb: string;
  scope: Scope;
  /** What the jobs have in common. */
  of: ReactNode;
  request: BulkRequest;
  /** Whether the number is typed, also where it is small. */
  isTyped?: boolean;
}

interface AskFirstProps {
  question: Question;
  onClose(): void;
  onConfirm(): void;
}

/** Says the exact scope before something large or final is done. */
export function AskFirst({ question, onClose, onConfirm }: AskFirstProps) {
  const { action, verb, scope, of, request } = question;
  const command = curlFor(JSON.stringify(request), location.host, '/jobs/actions');
  const [typed, setTyped] = useState('');
  const size = scopeSize(scope);
  const isTyped = question.isTyped || wantsTyping(action, scope);
  const wanted = String(size);
  const isOpen = !isTyped || typed.replaceAll(/[\s,]/g, '') === wanted;
  const words = scopeWords(scope);
  const isFinal = action === 'discard' || action === 'cancel';
  return (
    <Confirm
      title={`${verb} ${words}?`}
      action={`${verb} ${words}`}
      tone={isFinal ? 'solid-danger' : 'pri'}
      dismiss="Keep them"
      refusal={isOpen ? null : `Type ${count(size)} first`}
      isOpen
      extra={
        <Button tone="ghost" onClick={() => void copy(command, 'the command')}>
          <Copy className="i s" />
          Copy as curl
        </Button>
      }
      onClose={onClose}
      onConfirm={onConfirm}
    >
      <p>{of}</p>
      <p>{EFFECTS[action]}</p>
      {!('ids' in scope) && (
        <p className="dim">
          Every job that still fits when its turn comes is asked, also those that were not read here. Jobs
          created from now on are left alone.
        </p>
      )}
      {isTyped && (
        <TextField label={`Type ${wanted} to go on`} value={typed} onChange={setTyped} inputMode="numeric" />
      )}
    </Confirm>
  );
}
