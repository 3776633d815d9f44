import { useNavigate, useSearch } from '@tanstack/react-router';
import { Moon, Power, Search } from 'lucide-react';
import { useRef, useState } from 'react';
import type { WorkerOrder } from '../../api/workers';
import { count } from '../../core/numbers';
import { type KnownWorker, matches } from '../../core/workers';
import { Button } from '../../ui/Button';
import { Failure } from '../../ui/Empty';
import { useShortcuts } from '../../ui/shortcuts';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useIsPast } from '../past/context';
import { useRefusal } from '../services';
import { useTitle } from '../useTitle';
import { OrderQuestion, type Question } from './OrderQuestion';
import { StartCard } from './StartCard';
import { Summary } from './Summary';
import { useOrders } from './useOrders';
import { useWorkers } from './useWorkers';
import { WorkerCard } from './WorkerCard';
import './workers.css';

export function WorkersPage() {
  useTitle('Workers');
  const { known, error, retryAt, retry } = useWorkers();
  return (
    <>
      <TopBar>
        <h1>Workers</h1>
        {known && known.length > 0 && <span className="sub num">{count(known.length)} known</span>}
      </TopBar>
      <OfflineBanner />
      <div className="body">
        {known && <WorkerList known={known} />}
        {!known && error && (
          <Failure
            title="The workers did not load"
            error={error}
            request="GET /workers"
            retryAt={retryAt}
            onRetry={retry}
          />
        )}
      </div>
    </>
  );
}

export function WorkerList({ known }: { known: KnownWorker[] }) {
  const { q = '' } = useSearch({ from: '/workers' });
  const [question, setQuestion] = useState<Question | null>(null);
  const order = useOrders();
  const isPast = useIsPast();
  const refusal = useRefusal();
  const shown = known.filter((each) => matches(each, q));
  const ask = (workers: KnownWorker[], wanted: WorkerOrder): void => setQuestion({ order: wanted, workers });
  const willing = shown.filter(({ worker }) => !worker.lost && worker.state === 'running');
  const alive = shown.filter(({ worker }) => !worker.lost && worker.state !== 'terminate');
  return (
    <div className="workers">
      {known.length > 0 && (
        <>
          <Summary known={known} />
          <div className="fl">
            <FindField text={q} />
            <span className="grow" />
            <Button
              refusal={refusal ?? (willing.length === 0 ? 'None of these takes jobs' : null)}
              onClick={() => ask(willing, 'quiet')}
            >
              <Moon className="i s" />
              Quiet all
            </Button>
            <Button
              tone="danger"
              refusal={refusal ?? (alive.length === 0 ? 'None of these can end' : null)}
              onClick={() => ask(alive, 'terminate')}
            >
              <Power className="i s" />
              Terminate all
            </Button>
          </div>
        </>
      )}
      {known.length > 0 && shown.length === 0 && <p className="dim none">No worker has “{q}”.</p>}
      <ul className="ws">
        {shown.map((each) => (
          <WorkerCard
            key={each.worker.name}
            known={each}
            refusal={refusal ?? (each.worker.lost ? 'Nobody can tell it anything' : null)}
            onOrder={(wanted) => ask([each], wanted)}
          />
        ))}
        {!isPast && <StartCard />}
      </ul>
      <OrderQuestion
        question={question}
        onClose={() => setQuestion(null)}
        onConfirm={({ workers, order: wanted }) => void order(workers, wanted)}
      />
    </div>
  );
}

/** What is looked for stands in the address, so that the view can be linked. */
function FindField({ text }: { text: string }) {
  const navigate = useNavigate({ from: '/workers' });
  const input = useRef<HTMLInputElement>(null);
  useShortcuts('Workers', [{ keys: ['/'], label: 'Find a worker', run: () => input.current?.focus() }]);
  return (
    <label className="field">
      <Search className="i s" />
      <span className="sr">Find a worker</span>
      <input
        ref={input}
        type="search"
        placeholder="Name, host or type of job"
        value={text}
        onChange={(event) =>
          void navigate({
            search: (kept) => ({ ...kept, q: event.target.value || undefined }),
            replace: true,
          })
        }
      />
      <kbd aria-hidden="true">/</kbd>
    </label>
  );
}
