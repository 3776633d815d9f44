import type { NamedPolicy } from '../../api/policies';
import type { RetryPolicy } from '../../api/types';
import { type PolicyDraft, policyDraft } from '../../core/draft';
import { policyWords } from '../../core/policy';
import { Field, TextField } from '../../ui/Field';

interface PolicyFieldsProps {
  draft: PolicyDraft;
  faults: Record<string, string>;
  onChange(change: Partial<PolicyDraft>): void;
}

const KINDS: readonly RetryPolicy['kind'][] = ['exponential', 'linear', 'fixed', 'faktory'];

/** How long to wait between attempts. */
export function PolicyFields({ draft, faults, onChange }: PolicyFieldsProps) {
  return (
    <fieldset className="plainset">
      <legend className="lab">Retry policy</legend>
      <div className="policy">
        <Field label="Kind" fault={faults.kind}>
          {(ids) => (
            <select
              className="input"
              {...ids}
              value={draft.kind}
              onChange={(event) => onChange({ kind: event.target.value as RetryPolicy['kind'] })}
            >
              {KINDS.map((kind) => (
                <option key={kind}>{kind}</option>
              ))}
            </select>
          )}
        </Field>
        <TextField
          label="Base, ms"
          value={draft.base}
          fault={faults.base_ms}
          inputMode="numeric"
          onChange={(base) => onChange({ base })}
        />
        <TextField
          label="Factor"
          value={draft.factor}
          fault={faults.factor}
          inputMode="decimal"
          onChange={(factor) => onChange({ factor })}
        />
        <TextField
          label="Cap, ms"
          value={draft.cap}
          fault={faults.cap_ms}
          inputMode="numeric"
          onChange={(cap) => onChange({ cap })}
        />
        <TextField
          label="Jitter"
          value={draft.jitter}
          fault={faults.jitter}
          inputMode="decimal"
          onChange={(jitter) => onChange({ jitter })}
        />
      </div>
    </fieldset>
  );
}

interface NamedPolicyFieldsProps extends PolicyFieldsProps {
  draft: PolicyDraft & { policyName: string };
  onChange(change: Partial<PolicyDraft & { policyName: string }>): void;
  named: readonly NamedPolicy[];
}

/** The same, or a policy that the server knows by name, whose values are shown in words. */
export function NamedPolicyFields({ draft, faults, onChange, named }: NamedPolicyFieldsProps) {
  const chosen = named.find(({ name }) => name === draft.policyName);
  return (
    <>
      {named.length > 0 && (
        <Field label="Policy" fault={faults.retry}>
          {(ids) => (
            <select
              className="input"
              {...ids}
              value={draft.policyName}
              onChange={({ target: { value } }) => {
                const next = named.find(({ name }) => name === value);
                onChange({ policyName: value, ...(next && policyDraft(next.policy)) });
              }}
            >
              <option value="">of its own</option>
              {named.map(({ name, version }) => (
                <option key={name} value={name}>
                  {name} v{version}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {chosen ? (
        <p className="sub">{policyWords(chosen.policy)}</p>
      ) : (
        <PolicyFields draft={draft} faults={faults} onChange={onChange} />
      )}
    </>
  );
}
