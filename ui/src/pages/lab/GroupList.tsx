import { ChevronDown, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { addGroup, type Group, type PlanKind, removeEntry, setGroup } from '../../core/scenario';
import { Button, IconButton } from '../../ui/Button';
import { Field, TextField } from '../../ui/Field';

const PLANS: readonly (readonly [PlanKind, string])[] = [
  ['default', 'Default, 80 %'],
  ['succeed', 'Succeed'],
  ['fail', 'Fail'],
  ['failTimes', 'Fail n times'],
  ['random', 'Success rate'],
  ['sequence', 'Sequence'],
];
const VALUES: Partial<Record<PlanKind, string>> = {
  failTimes: 'Attempts that fail',
  random: 'Rate, 0 to 1',
  sequence: 'Outcomes, with commas',
};

interface GroupListProps {
  groups: readonly Group[];
  text: string;
  onText(text: string): void;
}

/** The job types that arrive; one at a time is open. */
export function GroupList({ groups, text, onText }: GroupListProps) {
  const [open, setOpen] = useState<number | null>(null);
  return (
    <section className="cs" aria-labelledby="h-groups">
      <div className="row between">
        <h2 className="lab" id="h-groups">
          Jobs
        </h2>
        <IconButton
          tone="ghost"
          label="Add a job type"
          onClick={() => {
            onText(addGroup(text));
            setOpen(groups.length);
          }}
        >
          <Plus className="i s" />
        </IconButton>
      </div>
      <ul className="mix">
        {groups.map((group, i) => (
          <li key={i}>
            <GroupHead group={group} isOpen={open === i} onToggle={() => setOpen(open === i ? null : i)} />
            {open === i && (
              <GroupFields
                group={group}
                onChange={(change) => onText(setGroup(text, i, change))}
                onRemove={
                  groups.length > 1
                    ? () => {
                        onText(removeEntry(text, 'jobs', i));
                        setOpen(null);
                      }
                    : null
                }
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const amountOf = ({ by, amount }: Group): string =>
  by === 'rate' ? amount : `${amount} ${amount === '1' ? 'job' : 'jobs'}`;

function planCode({ plan, planValue }: Group): string {
  switch (plan) {
    case 'succeed':
      return '{"force": "success"}';
    case 'fail':
      return '{"force": "fail"}';
    case 'failTimes':
      return `{"fail_times": ${planValue}}`;
    case 'sequence':
      return `{"sequence": [${planValue
        .split(', ')
        .map((step) => `"${step}"`)
        .join(', ')}]}`;
    default:
      return `{"success_rate": ${planValue || '0.8'}}`;
  }
}

function GroupHead({ group, isOpen, onToggle }: { group: Group; isOpen: boolean; onToggle(): void }) {
  return (
    <button type="button" className="gh" aria-expanded={isOpen} onClick={onToggle}>
      <span className="row">
        <span className="med ellip">{group.name || group.type || 'no type'}</span>
        <span className="grow" />
        <span className="num nowrap">{amountOf(group)}</span>
        <ChevronDown className="i s" />
      </span>
      <span className="row plan">
        <code>{planCode(group)}</code>
        <span className="faint num">takes {group.takes || '500'} ms</span>
        {group.maxAttempts && <span className="faint num">at most {group.maxAttempts} attempts</span>}
      </span>
    </button>
  );
}

interface GroupFieldsProps {
  group: Group;
  onChange(change: Partial<Group>): void;
  /** Null: it is the only one. */
  onRemove: (() => void) | null;
}

function GroupFields({ group, onChange, onRemove }: GroupFieldsProps) {
  const valueLabel = VALUES[group.plan];
  return (
    <div className="gf g2">
      <TextField label="Type" value={group.type} onChange={(type) => onChange({ type })} />
      <TextField
        label="Queue"
        value={group.queue}
        placeholder="default"
        onChange={(queue) => onChange({ queue })}
      />
      <Field label="Arrive">
        {(ids) => (
          <select
            className="input"
            {...ids}
            value={group.by}
            onChange={({ target: { value } }) =>
              onChange(value === 'rate' ? { by: 'rate', amount: '5/s' } : { by: 'count', amount: '100' })
            }
          >
            <option value="rate">at a rate</option>
            <option value="count">so many</option>
          </select>
        )}
      </Field>
      <TextField
        label={group.by === 'rate' ? 'Rate' : 'Jobs'}
        value={group.amount}
        onChange={(amount) => onChange({ by: group.by, amount })}
      />
      <Field label="Failure plan">
        {(ids) => (
          <select
            className="input"
            {...ids}
            value={group.plan}
            onChange={({ target: { value } }) => onChange({ plan: value as PlanKind })}
          >
            {PLANS.map(([kind, label]) => (
              <option key={kind} value={kind}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      {valueLabel ? (
        <TextField
          label={valueLabel}
          value={group.planValue}
          onChange={(planValue) => onChange({ plan: group.plan, planValue })}
        />
      ) : (
        <span />
      )}
      <TextField
        label="Takes, ms"
        inputMode="numeric"
        value={group.takes}
        placeholder="500"
        onChange={(takes) => onChange({ takes })}
      />
      <TextField
        label="Max attempts"
        inputMode="numeric"
        value={group.maxAttempts}
        placeholder="3"
        onChange={(maxAttempts) => onChange({ maxAttempts })}
      />
      {onRemove && (
        <Button tone="ghost" className="small danger" onClick={onRemove}>
          <Trash2 className="i s" />
          Remove
        </Button>
      )}
    </div>
  );
}
