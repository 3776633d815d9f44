import { RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Job } from '../../api/types';
import type { BulkAction } from '../../core/bulk';
import { count } from '../../core/numbers';
import { meanRun } from '../../core/redrive';
import { Button } from '../../ui/Button';
import { Field, TextField } from '../../ui/Field';
import { Segmented } from '../../ui/Segmented';
import { type Scope, scopeSize, scopeWords } from '../bulk/scope';
import { useIsPast } from '../past/context';
import { useRefusal } from '../services';
import { LoadForecast } from './LoadForecast';

type Which = 'all' | 'first' | 'selected';

const FEW = 5;

const PACES = [
  ['', 'As fast as it goes'],
  ['1', '1 per second'],
  ['5', '5 per second'],
  ['20', '20 per second'],
  ['100', '100 per second'],
  ['500', '500 per second'],
] as const;

export interface Wish {
  action: BulkAction;
  scope: Scope;
  pace: string;
  reason: string;
}

interface RedrivePanelProps {
  all: Scope;
  jobs: readonly Job[];
  selected: ReadonlySet<number>;
  onWish(wish: Wish): void;
}

/** Which jobs, how fast and why, before anything is sent. */
export function RedrivePanel({ all, jobs, selected, onWish }: RedrivePanelProps) {
  const off = useRefusal();
  const isPast = useIsPast();
  const [which, setWhich] = useState<Which>('all');
  const [pace, setPace] = useState('');
  const [reason, setReason] = useState('');
  const chosen = which === 'selected' && selected.size === 0 ? 'all' : which;
  const few: Scope = { ids: jobs.slice(0, FEW).map((job) => job.id) };
  const scope: Scope = chosen === 'all' ? all : chosen === 'first' ? few : { ids: [...selected] };
  const size = scopeSize(scope);
  const queues = new Set(jobs.map((job) => job.queue));
  const runMs = useMemo(() => meanRun(jobs), [jobs]);
  const options: (readonly [Which, string])[] = [['all', `All ${count(scopeSize(all))}`]];
  if (scopeSize(all) > FEW) options.push(['first', `Newest ${FEW}`]);
  if (selected.size > 0) options.push(['selected', `Selected ${count(selected.size)}`]);
  const refusal = off ?? (size === 0 ? 'There is nothing to act on' : null);
  const wish = (action: BulkAction, of: Scope): void => onWish({ action, scope: of, pace, reason });
  return (
    <section className="rd" aria-labelledby="h-redrive">
      <div className="hd">
        <h2 id="h-redrive">Redrive</h2>
        <span className="grow" />
        <span className="sub num">{paceWords(size, pace)}</span>
      </div>
      <div className="rb">
        <div hidden={options.length < 2}>
          <span className="lab">Which jobs</span>
          <Segmented
            label="Which jobs"
            options={options}
            value={chosen}
            onChange={(next) => setWhich(next)}
            isFull
          />
        </div>
        <Field label="Pace">
          {(ids) => (
            <select className="input" value={pace} onChange={(event) => setPace(event.target.value)} {...ids}>
              {PACES.map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        {!isPast && pace !== '' && runMs !== null && queues.size === 1 && size > 0 && (
          <LoadForecast queue={[...queues][0] ?? ''} jobs={size} perSecond={Number(pace)} runMs={runMs} />
        )}
        <TextField
          label="Reason, optional"
          value={reason}
          placeholder="the gateway is back"
          maxLength={200}
          onChange={setReason}
        />
        <p className="sub">
          Each job is queued again as its next generation, with all its attempts and the same payload.
        </p>
        <div className="row">
          <Button
            tone="pri"
            size="lg"
            className="grow"
            refusal={refusal}
            onClick={() => wish('retry', scope)}
          >
            <RotateCw className="i s" />
            Redrive {scopeWords(scope)}
          </Button>
          {chosen === 'all' && scopeSize(all) > FEW && (
            <Button size="lg" refusal={refusal} onClick={() => wish('retry', few)}>
              Send {FEW} first
            </Button>
          )}
        </div>
        <Button size="lg" tone="danger" refusal={refusal} onClick={() => wish('discard', scope)}>
          Discard {scopeWords(scope)}
        </Button>
      </div>
    </section>
  );
}

function paceWords(size: number, pace: string): string {
  if (pace === '' || size === 0) return 'nothing sent yet';
  const seconds = Math.ceil(size / Number(pace));
  return `takes ${seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`}`;
}
