import { useId } from 'react';
import type { RetryPolicy } from '../../api/types';
import { type PolicyDraft, policyDraft } from '../../core/draft';
import { AS_WRITTEN, choiceOf, exampleCode, isOwn, NO_SIDE, ownCode } from '../../core/labPolicy';
import { DEFAULT_POLICY, policyWords } from '../../core/policy';
import type { ScenarioForm } from '../../core/scenario';
import { Stair } from '../../plot/Stair';
import { PolicyFields } from '../create/PolicyFields';
import { POLICIES } from './examples';
import { SideMark } from './SideMark';

const OWN = 'own';

interface PolicyCardProps {
  side: 'A' | 'B';
  code: string;
  form: ScenarioForm | null;
  /** The jobs are those of the log. */
  isRecorded?: boolean;
  onCode(code: string): void;
}

/** The policy of one side: the scenario's own, one by name, or one that is made here. */
export function PolicyCard({ side, code, form, isRecorded = false, onCode }: PolicyCardProps) {
  const id = useId();
  const named = form?.policies ?? [];
  const choice = code === NO_SIDE ? null : choiceOf(code, POLICIES, named);
  const policy = choice?.policy ?? (form && choice ? policyOf(choice.name, form) : null);
  const choose = (value: string): void => onCode(value === OWN ? ownCode(policy ?? DEFAULT_POLICY) : value);
  return (
    <div className="pol">
      <div className="row">
        <SideMark side={side} />
        <label className="sr" htmlFor={id}>
          Policy {side}
        </label>
        <select
          id={id}
          className="input"
          value={isOwn(code) ? OWN : code}
          onChange={({ target }) => choose(target.value)}
        >
          {side === 'B' && <option value={NO_SIDE}>nothing to compare with</option>}
          <option value={AS_WRITTEN}>{isRecorded ? 'as recorded' : 'as the scenario says'}</option>
          {named.map((name) => (
            <option key={name} value={name}>
              {name}, of the scenario
            </option>
          ))}
          {Object.keys(POLICIES).map((name) => (
            <option key={name} value={exampleCode(name)}>
              {name}, an example
            </option>
          ))}
          <option value={OWN}>made here</option>
          {!choice && code !== NO_SIDE && <option value={code}>{code}, which is not known</option>}
        </select>
      </div>
      {policy && (
        <div className="row between pw">
          <span className="sub">{policyWords(policy)}</span>
          <Stair policy={policy} isB={side === 'B'} />
        </div>
      )}
      {policy && isOwn(code) && <OwnPolicy policy={policy} onCode={onCode} />}
    </div>
  );
}

/** What a name of the scenario stands for; null: it is not one policy for all jobs. */
function policyOf(name: string, form: ScenarioForm): RetryPolicy | null {
  const whole = (part: Partial<RetryPolicy> | undefined): RetryPolicy => ({ ...DEFAULT_POLICY, ...part });
  if (name !== AS_WRITTEN) return whole(form.named[name]);
  const given = form.groups.map(({ retry }) =>
    ownCode(whole(typeof retry === 'string' ? form.named[retry] : (retry ?? undefined))),
  );
  return new Set(given).size === 1 ? (choiceOf(given[0] ?? '', POLICIES, [])?.policy ?? null) : null;
}

function OwnPolicy({ policy, onCode }: { policy: RetryPolicy; onCode(code: string): void }) {
  const draft = policyDraft(policy);
  const change = (part: Partial<PolicyDraft>): void => {
    const next = { ...draft, ...part };
    const figures = [next.base, next.factor, next.cap, next.jitter].map((typed) => Number(typed || '0'));
    if (!figures.every((figure) => Number.isFinite(figure) && figure >= 0)) return;
    const [base_ms = 0, factor = 1, cap_ms = 0, jitter = 0] = figures;
    onCode(ownCode({ ...policy, kind: next.kind, base_ms, factor, cap_ms, jitter }));
  };
  return <PolicyFields draft={draft} faults={{}} onChange={change} />;
}
