import { Copy } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import type { NamedPolicy } from '../../api/policies';
import { curlFor } from '../../core/curl';
import { type Draft, draftBody, draftFaults, EMPTY_DRAFT } from '../../core/draft';
import { Button } from '../../ui/Button';
import { PayloadField, TextField } from '../../ui/Field';
import { useZone } from '../../ui/preferences';
import { copy } from '../../ui/toasts';
import { BehaviourFields } from './BehaviourFields';
import { faultsByField, focusFirstFault } from './faults';
import { Outlook } from './Outlook';
import { NamedPolicyFields } from './PolicyFields';
import { SentBody } from './SentBody';
import { StartFields } from './StartFields';
import { useCreate } from './useCreate';

const KNOWN = [
  'type',
  'queue',
  'priority',
  'payload',
  'max_attempts',
  'delay_ms',
  'run_at',
  'copies',
  'fail_times',
  'success_rate',
  'seed',
  'sequence',
  'duration_ms',
  'kind',
  'base_ms',
  'factor',
  'cap_ms',
  'jitter',
  'retry',
];

interface CreateFormProps {
  /** The types and queues that there are. */
  types?: readonly string[];
  queues?: readonly string[];
  policies?: readonly NamedPolicy[];
  onDone(): void;
}

export function CreateForm({ types = [], queues = [], policies = [], onDone }: CreateFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const { create, progress } = useCreate();
  const change = (part: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...part }));
    setFaults({});
  };
  const body = draftBody(draft, useZone());

  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    if (progress !== null) return;
    const own = draftFaults(draft);
    const errors = own.length > 0 ? own : await create(body, Number(draft.copies));
    if (errors.length === 0) return onDone();
    setFaults(faultsByField(errors, KNOWN));
    focusFirstFault(form.current);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
  };

  return (
    <form ref={form} onSubmit={submit} onKeyDown={press} noValidate>
      <div className="db">
        <div className="g3">
          <TextField
            label="Type"
            value={draft.type}
            known={types}
            fault={faults.type}
            onChange={(type) => change({ type })}
          />
          <TextField
            label="Queue"
            value={draft.queue}
            known={queues}
            fault={faults.queue}
            onChange={(queue) => change({ queue })}
          />
          <TextField
            label="Priority"
            value={draft.priority}
            fault={faults.priority}
            inputMode="numeric"
            onChange={(priority) => change({ priority })}
          />
        </div>
        <PayloadField
          rows={3}
          value={draft.payload}
          fault={faults.payload}
          onChange={(payload) => change({ payload })}
        />
        <BehaviourFields draft={draft} faults={faults} onChange={change} />
        <div className="g2">
          {draft.behaviour !== 'worker' && (
            <TextField
              label="Takes, ms"
              value={draft.takes}
              fault={faults.duration_ms}
              inputMode="numeric"
              onChange={(takes) => change({ takes })}
            />
          )}
          <TextField
            label="Max attempts"
            value={draft.maxAttempts}
            fault={faults.max_attempts}
            inputMode="numeric"
            onChange={(maxAttempts) => change({ maxAttempts })}
          />
        </div>
        <StartFields draft={draft} faults={faults} onChange={change} />
        <NamedPolicyFields draft={draft} faults={faults} named={policies} onChange={change} />
        <Outlook draft={draft} />
        <SentBody body={body} />
        {faults[''] && (
          <p className="fault" role="alert">
            {faults['']}
          </p>
        )}
        {faults.copies && (
          <p className="fault right" id="copies-fault">
            {faults.copies}
          </p>
        )}
      </div>
      <footer>
        <Button tone="ghost" onClick={() => void copy(curlFor(body, location.host), 'the command')}>
          <Copy className="i s" />
          Copy as curl
        </Button>
        <span className="grow" />
        <label className="copies">
          <span className="lab">copies</span>
          <input
            className="input"
            inputMode="numeric"
            value={draft.copies}
            aria-invalid={faults.copies !== undefined}
            aria-describedby={faults.copies && 'copies-fault'}
            onChange={(event) => change({ copies: event.target.value })}
          />
        </label>
        <Button type="submit" tone="pri" size="lg" aria-busy={progress !== null}>
          {progress ?? (Number(draft.copies) > 1 ? `Create ${draft.copies} jobs` : 'Create job')}
          <kbd aria-hidden="true">Ctrl Enter</kbd>
        </Button>
      </footer>
    </form>
  );
}
