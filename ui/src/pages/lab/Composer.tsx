import { Dices, Play } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { FieldError } from '../../api/generated';
import { NO_SIDE } from '../../core/labPolicy';
import { parseSpan } from '../../core/labTime';
import { setField } from '../../core/scenario';
import { Button, IconButton } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { Segmented } from '../../ui/Segmented';
import { SCENARIOS } from './examples';
import { Faults } from './Faults';
import { GroupList } from './GroupList';
import { OutageList } from './OutageList';
import { PolicyCard } from './PolicyCard';
import { Recorded } from './Recorded';
import { ScenarioText } from './ScenarioText';
import { type Composer as Composing, keptText } from './useDraft';

type View = 'form' | 'text';
const VIEWS = [
  ['form', 'Form'],
  ['text', 'YAML'],
] as const;
const OWN = '';
const LOG = 'log';
const SEEDS = 1_000_000;

const spanFault = (typed: string): string | undefined =>
  typed !== '' && parseSpan(typed) === null ? 'as in 10m or 1h30m' : undefined;

interface ComposerProps {
  composer: Composing;
  faults: readonly FieldError[];
  refusal: string | null;
  onRun(): void;
}

/** What is to be played. The form and the text say the same: the form writes into the text. */
export function Composer({ composer, faults, refusal, onRun }: ComposerProps) {
  const { draft, reading, example, change, choose, chooseHistory, swap } = composer;
  const [view, setView] = useState<View>('form');
  const [line, setLine] = useState<number | null>(null);
  const exampleId = useId();
  const { history } = draft;
  const form = history ? null : reading.form;
  const shown: View = form ? view : 'text';
  const own = example === null ? draft.text : keptText();
  const put = (path: string[], typed: string): void => change({ text: setField(draft.text, path, typed) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!refusal) onRun();
  };
  const show = (at: number): void => {
    setView('text');
    setLine(at);
  };
  return (
    <form className="comp" aria-label="Scenario" onSubmit={submit}>
      <div className="cs head">
        <label className="lab" htmlFor={exampleId}>
          Scenario
        </label>
        <select
          id={exampleId}
          className="input"
          value={history ? LOG : (example ?? OWN)}
          onChange={({ target: { value } }) => {
            if (value === LOG) chooseHistory();
            else choose(value === OWN ? (own ?? draft.text) : (SCENARIOS[value] ?? ''));
          }}
        >
          <option value={LOG}>Recorded: what came to this server</option>
          {own !== null && <option value={OWN}>Your own</option>}
          {Object.keys(SCENARIOS).map((name) => (
            <option key={name} value={name}>
              Example: {name}
            </option>
          ))}
        </select>
        {!history && (
          <Segmented
            label="Edit as"
            options={VIEWS}
            value={shown}
            isFull
            onChange={(next: View) => setView(next)}
          />
        )}
      </div>
      {history && (
        <Recorded history={history} onChange={composer.changeHistory} onLast={composer.chooseLast} />
      )}
      {form && (
        <div className="cs three">
          <div className="seed">
            <TextField
              label="Seed"
              inputMode="numeric"
              value={draft.seed}
              placeholder={form.seed || '1'}
              onChange={(seed) => /^\d{0,15}$/.test(seed) && change({ seed })}
            />
            <IconButton
              tone="ghost"
              label="Another seed"
              onClick={() => change({ seed: String(Math.floor(Math.random() * SEEDS)) })}
            >
              <Dices className="i s" />
            </IconButton>
          </div>
          <TextField
            label="Virtual time"
            value={form.duration}
            placeholder="24h"
            fault={spanFault(form.duration)}
            onChange={(typed) => put(['duration'], typed)}
          />
          {form.slots === null ? (
            <div>
              <span className="lab">Slots</span>
              <span className="aside faint">of processes</span>
            </div>
          ) : (
            <TextField
              label="Slots"
              inputMode="numeric"
              value={form.slots}
              placeholder="128"
              onChange={(typed) => put(['workers', 'slots'], typed)}
            />
          )}
        </div>
      )}
      {form && shown === 'form' && (
        <>
          <GroupList groups={form.groups} text={draft.text} onText={(text) => change({ text })} />
          <OutageList form={form} text={draft.text} onText={(text) => change({ text })} />
        </>
      )}
      {!history && shown === 'text' && (
        <ScenarioText
          text={draft.text}
          line={line}
          fault={reading.fault}
          onText={(text) => change({ text })}
        />
      )}
      <section className="cs" aria-labelledby="h-policies">
        <div className="row between">
          <h2 className="lab" id="h-policies">
            Policies
          </h2>
          {draft.b !== NO_SIDE && (
            <Button tone="ghost" className="small" title="Swap A and B (S)" onClick={swap}>
              Swap
            </Button>
          )}
        </div>
        <PolicyCard
          side="A"
          code={draft.a}
          form={form}
          isRecorded={history !== null}
          onCode={(a) => change({ a })}
        />
        <PolicyCard
          side="B"
          code={draft.b}
          form={form}
          isRecorded={history !== null}
          onCode={(b) => change({ b })}
        />
      </section>
      <div className="go">
        <Faults faults={faults} onLine={show} />
        <Button type="submit" tone="pri" size="lg" className="grow" refusal={refusal}>
          <Play className="i s" />
          {draft.b === NO_SIDE ? 'Run' : 'Run both'} <kbd>Ctrl Enter</kbd>
        </Button>
      </div>
    </form>
  );
}
