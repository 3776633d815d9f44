import { memo } from 'react';
import type { State } from '../../api/past';
import { plural } from '../../core/numbers';

interface SettingsThenProps {
  policies: State['policies'];
  rules: State['rules'];
}

const ACTIONS: Record<State['rules'][number]['action'], string> = {
  retry_now: 'retry at once',
  retry_after: 'retry later',
  policy: 'another policy',
  dead_letter: 'dead letter',
};

/** The named policies and the rules that were in force; nothing where there were none. */
export const SettingsThen = memo(function SettingsThen({ policies, rules }: SettingsThenProps) {
  if (policies.length + rules.length === 0) return null;
  return (
    <section aria-labelledby="h-settings">
      <header className="hd">
        <h2 id="h-settings">In force then</h2>
        <span className="sub num">
          {plural(policies.length, 'policy', 'policies')}, {plural(rules.length, 'rule')}
        </span>
      </header>
      <dl className="force">
        {policies.map(({ name, version, policy }) => (
          <div key={`policy ${name}`}>
            <dt className="ellip">{name}</dt>
            <dd className="dim num">
              {policy.kind ?? 'exponential'}, version {version}
            </dd>
          </div>
        ))}
        {rules.map((rule) => (
          <div key={`rule ${rule.name}`}>
            <dt className="ellip">{rule.name}</dt>
            <dd className="dim">{ACTIONS[rule.action]}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
});
