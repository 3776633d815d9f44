import { type FormEvent, type KeyboardEvent, useRef, useState } from 'react';
import { ApiError, act } from '../../api/client';
import type { FieldError, Job, WithText } from '../../api/types';
import { type PolicyDraft, policyDraft } from '../../core/draft';
import { retryBody } from '../../core/edits';
import { payloadFault, rawMembers } from '../../core/json';
import { count } from '../../core/numbers';
import { Button } from '../../ui/Button';
import { PayloadField, TextField } from '../../ui/Field';
import { Drawer } from '../../ui/Overlay';
import { toast } from '../../ui/toasts';
import { faultsByField, focusFirstFault } from '../create/faults';
import { PolicyFields } from '../create/PolicyFields';
import { SentBody } from '../create/SentBody';
import '../create/create.css';

const KNOWN = ['payload', 'max_attempts', 'kind', 'base_ms', 'factor', 'cap_ms', 'jitter'];

interface EditDrawerProps {
  job: WithText<Job>;
  onClose(): void;
  onTaken(job: WithText<Job>): void;
}

/** The same job again with changes: its next generation. The old payload stays in the log. */
export function EditDrawer({ job, onClose, onTaken }: EditDrawerProps) {
  const form = useRef<HTMLFormElement>(null);
  const original = rawMembers(job.text).get('payload') ?? '{}';
  const [payload, setPayload] = useState(original);
  const [maxAttempts, setMaxAttempts] = useState(String(job.value.max_attempts));
  const [policy, setPolicy] = useState<PolicyDraft>(policyDraft(job.value.retry));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [isSending, setSending] = useState(false);
  const body = retryBody({ payload, maxAttempts, policy }, job.value, original);
  const touch =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setFaults({});
    };

  const refuse = (errors: readonly FieldError[]): void => {
    setFaults(faultsByField(errors, KNOWN));
    focusFirstFault(form.current);
  };
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    const fault = payloadFault(payload);
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
          <PayloadField rows={12} value={payload} fault={faults.payload} onChange={touch(setPayload)} />
          <div className="g3">
            <TextField
              label="Max attempts"
              inputMode="numeric"
              value={maxAttempts}
              fault={faults.max_attempts}
              onChange={touch(setMaxAttempts)}
            />
          </div>
          <PolicyFields
            draft={policy}
            faults={faults}
            onChange={(change) => touch(setPolicy)({ ...policy, ...change })}
          />
          <SentBody body={body} />
          {faults[''] && (
            <p className="fault" role="alert">
              {faults['']}
            </p>
          )}
        </div>
        <footer>
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
