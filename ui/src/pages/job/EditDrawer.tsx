import { Copy } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { ApiError, act } from '../../api/client';
import type { FieldError, Job, WithText } from '../../api/types';
import { curlFor } from '../../core/curl';
import { controlsOf, type Draft, EMPTY_DRAFT, policyDraft } from '../../core/draft';
import { type MemberChange, payloadChanges, retryBody, withControls } from '../../core/edits';
import { payloadFault, rawMembers } from '../../core/json';
import { count } from '../../core/numbers';
import { Button } from '../../ui/Button';
import { PayloadField, TextField } from '../../ui/Field';
import { Drawer } from '../../ui/Overlay';
import { copy, toast } from '../../ui/toasts';
import { BehaviourFields } from '../create/BehaviourFields';
import { faultsByField, focusFirstFault } from '../create/faults';
import { Outlook } from '../create/Outlook';
import { PolicyFields } from '../create/PolicyFields';
import { SentBody } from '../create/SentBody';
import '../create/create.css';

const KNOWN = [
  'payload',
  'max_attempts',
  'fail_times',
  'success_rate',
  'seed',
  'sequence',
  'kind',
  'base_ms',
  'factor',
  'cap_ms',
  'jitter',
];

const ALONE = { label: 'As it is', sentence: 'The failure plan is the one in the payload above.' };

interface EditDrawerProps {
  job: WithText<Job>;
  onClose(): void;
  onTaken(job: WithText<Job>): void;
}

/** The same job again with changes: its next generation. The old payload stays in the log. */
export function EditDrawer({ job, onClose, onTaken }: EditDrawerProps) {
  const form = useRef<HTMLFormElement>(null);
  const original = rawMembers(job.text).get('payload') ?? '{}';
  const [draft, setDraft] = useState<Draft>({
    ...EMPTY_DRAFT,
    ...policyDraft(job.value.retry),
    payload: original,
    maxAttempts: String(job.value.max_attempts),
  });
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [isSending, setSending] = useState(false);
  const payload = withControls(draft.payload, controlsOf(draft));
  const body = retryBody({ payload, maxAttempts: draft.maxAttempts, policy: draft }, job.value, original);
  const isSimulated = job.value.handler === null || job.value.handler === 'simulate';
  const touch = (change: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...change }));
    setFaults({});
  };

  const refuse = (errors: readonly FieldError[]): void => {
    setFaults(faultsByField(errors, KNOWN));
    focusFirstFault(form.current);
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const fault = payloadFault(draft.payload);
    if (fault) return refuse([{ field: 'payload', message: fault }]);
    if (isSending) return;
    setSending(true);
    try {
      onTaken(await act(job.value.id, 'retry', body));
      toast(`Retrying job ${count(job.value.id)}`, { tone: 'good' });
      onClose();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : [];
      refuse(fields.length > 0 ? fields : [{ field: 'request', message: (error as Error).message }]);
    } finally {
      setSending(false);
    }
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
  };

  return (
    <Drawer
      title={`Edit and retry job ${count(job.value.id)}`}
      description="Change the job and run it again"
      isOpen
      onClose={onClose}
    >
      <form ref={form} onSubmit={submit} onKeyDown={press} noValidate>
        <div className="db">
          <p className="dim">
            It runs again as generation {job.value.generation + 1}. What it was before stays in the log.
          </p>
          <PayloadField
            rows={8}
            value={draft.payload}
            fault={faults.payload}
            onChange={(next) => touch({ payload: next })}
          />
          {isSimulated && <BehaviourFields draft={draft} faults={faults} alone={ALONE} onChange={touch} />}
          <PayloadChanges changes={payloadChanges(original, payload)} />
          <div className="g3">
            <TextField
              label="Max attempts"
              inputMode="numeric"
              value={draft.maxAttempts}
              fault={faults.max_attempts}
              onChange={(maxAttempts) => touch({ maxAttempts })}
            />
          </div>
          <PolicyFields draft={draft} faults={faults} onChange={touch} />
          {isSimulated && <Outlook draft={{ ...draft, payload, behaviour: 'default' }} />}
          <SentBody body={body} />
          {faults[''] && (
            <p className="fault" role="alert">
              {faults['']}
            </p>
          )}
        </div>
        <footer>
          <Button
            tone="ghost"
            onClick={() =>
              void copy(curlFor(body, location.host, `/jobs/${job.value.id}/retry`), 'the command')
            }
          >
            <Copy className="i s" />
            Copy as curl
          </Button>
          <span className="grow" />
          <Button size="lg" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" tone="pri" size="lg" aria-busy={isSending}>
            {body === '{}' ? 'Retry unchanged' : 'Retry with changes'}
            <kbd aria-hidden="true">Ctrl Enter</kbd>
          </Button>
        </footer>
      </form>
    </Drawer>
  );
}

/** What of the payload differs from the one it ran with, by the text. */
function PayloadChanges({ changes }: { changes: readonly MemberChange[] }) {
  if (changes.length === 0) return null;
  return (
    <ul className="edits" aria-label="Changes of the payload">
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          <b>{name}</b>
          <span>
            {before !== null && <del>{before}</del>}
            {before !== null && after !== null && ' '}
            {after !== null && <ins>{after}</ins>}
          </span>
        </li>
      ))}
    </ul>
  );
}
