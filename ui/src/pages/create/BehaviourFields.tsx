import { Plus, X } from 'lucide-react';
import { BEHAVIOURS, type Behaviour, type Draft } from '../../core/draft';
import { OUTCOMES, type Outcome } from '../../core/plan';
import { IconButton } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Segmented } from '../../ui/Segmented';

interface BehaviourFieldsProps {
  draft: Draft;
  faults: Record<string, string>;
  /** What leaving it alone is called, and means, of a job that the simulator runs in any case. */
  alone?: { label: string; sentence: string };
  onChange(change: Partial<Draft>): void;
}

const ALONE = {
  label: 'Default',
  sentence: 'Each attempt succeeds with 80 %, unless the payload says otherwise.',
};

/** The failure plan: what the simulator does with each attempt. */
export function BehaviourFields({ draft, faults, alone, onChange }: BehaviourFieldsProps) {
  const { label: aloneLabel, sentence } = alone ?? ALONE;
  const options = BEHAVIOURS.filter(([id]) => id !== 'worker' || !alone).map(
    ([id, label]): [Behaviour, string] => [id, id === 'default' ? aloneLabel : label],
  );
  return (
    <div className="behave">
      <span className="lab">How should it behave</span>
      <Segmented
        label="How should it behave"
        options={options}
        value={draft.behaviour}
        isFull
        onChange={(behaviour) => onChange({ behaviour })}
      />
      {draft.behaviour === 'default' && <p className="sub">{sentence}</p>}
      {draft.behaviour === 'worker' && (
        <p className="sub">
          A worker that asks for the queue runs it. What comes of it is its own doing; failures are retried by
          the policy below.
        </p>
      )}
      {draft.behaviour === 'failTimes' && (
        <div className="g3">
          <TextField
            label="Attempts that fail"
            value={draft.failTimes}
            fault={faults.fail_times}
            inputMode="numeric"
            onChange={(failTimes) => onChange({ failTimes })}
          />
        </div>
      )}
      {draft.behaviour === 'random' && (
        <div className="g3">
          <TextField
            label="Success rate, 0 to 1"
            value={draft.rate}
            fault={faults.success_rate}
            inputMode="decimal"
            onChange={(rate) => onChange({ rate })}
          />
          <TextField
            label="Seed"
            placeholder="the server's"
            value={draft.seed}
            fault={faults.seed}
            inputMode="numeric"
            onChange={(seed) => onChange({ seed })}
          />
        </div>
      )}
      {draft.behaviour === 'sequence' && (
        <SequenceSteps
          steps={draft.steps}
          fault={faults.sequence}
          onChange={(steps) => onChange({ steps })}
        />
      )}
    </div>
  );
}

interface SequenceStepsProps {
  steps: readonly Outcome[];
  fault: string | undefined;
  onChange(steps: Outcome[]): void;
}

function SequenceSteps({ steps, fault, onChange }: SequenceStepsProps) {
  return (
    <div className="seqe" role="group" aria-label="Sequence of outcomes">
      {steps.map((step, i) => (
        <span key={i} className={step === 'success' ? 'step t-succeeded' : 'step t-failed'}>
          <em className="num">{i + 1}</em>
          <select
            aria-label={`Outcome of attempt ${i + 1}`}
            value={step}
            onChange={(event) => onChange(steps.with(i, event.target.value as Outcome))}
          >
            {OUTCOMES.map((outcome) => (
              <option key={outcome}>{outcome}</option>
            ))}
          </select>
          <button
            type="button"
            aria-label={`Remove attempt ${i + 1}`}
            onClick={() => onChange(steps.toSpliced(i, 1))}
          >
            <X className="i s" />
          </button>
        </span>
      ))}
      <IconButton tone="ghost" label="Add an outcome" onClick={() => onChange([...steps, 'success'])}>
        <Plus className="i s" />
      </IconButton>
      <span className="sub">the last one repeats</span>
      {fault && <p className="fault">{fault}</p>}
    </div>
  );
}
