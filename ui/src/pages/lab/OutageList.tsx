import { Plus, X } from 'lucide-react';
import { parseSpan } from '../../core/labTime';
import { addOutage, removeEntry, type ScenarioForm, setOutage } from '../../core/scenario';
import { IconButton } from '../../ui/Button';

interface OutageListProps {
  form: ScenarioForm;
  text: string;
  onText(text: string): void;
}

/** When attempts fail, and which. */
export function OutageList({ form, text, onText }: OutageListProps) {
  const types = [...new Set(form.groups.map(({ type }) => type))].filter(Boolean);
  return (
    <section className="cs" aria-labelledby="h-outages">
      <div className="row between">
        <h2 className="lab" id="h-outages">
          Outages
        </h2>
        <IconButton tone="ghost" label="Add an outage" onClick={() => onText(addOutage(text))}>
          <Plus className="i s" />
        </IconButton>
      </div>
      {form.outages.length === 0 && <p className="sub">None: attempts fail by their plans only.</p>}
      <ul className="outs">
        {form.outages.map(({ from, to, type, error }, i) => {
          const field = (name: 'from' | 'to' | 'error', value: string, label: string, usual: string) => (
            <input
              className="input"
              aria-label={`${label} of outage ${i + 1}`}
              aria-invalid={name !== 'error' && value !== '' && parseSpan(value) === null}
              value={value}
              placeholder={usual}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => onText(setOutage(text, i, { [name]: target.value }))}
            />
          );
          return (
            <li key={i}>
              {field('from', from, 'Beginning', '0')}
              <span className="faint">to</span>
              {field('to', to, 'End', 'the end')}
              <IconButton
                tone="ghost"
                label={`Remove outage ${i + 1}`}
                onClick={() => onText(removeEntry(text, 'outages', i))}
              >
                <X className="i s" />
              </IconButton>
              <select
                className="input"
                aria-label={`What outage ${i + 1} meets`}
                value={type}
                onChange={({ target }) => onText(setOutage(text, i, { type: target.value }))}
              >
                <option value="">all jobs</option>
                {[...new Set([...types, ...(type ? [type] : [])])].map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
              {field('error', error, 'Error', 'Outage')}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
