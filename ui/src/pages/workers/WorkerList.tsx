import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Moon, Power } from 'lucide-react';
import { useMemo, useState } from 'react';
import { every } from '../../api/askAgain';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { WorkerOrder } from '../../api/workers';
import { count } from '../../core/numbers';
import {
  chosenFirst,
  INSIDE,
  type KnownWorker,
  kindsOf,
  matches,
  type Slot,
  unserved,
} from '../../core/workers';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import { useIsPast } from '../past/context';
import { useRefusal } from '../services';
import { FindField } from './FindField';
import { InsideCard } from './InsideCard';
import { OrderQuestion, type Question } from './OrderQuestion';
import { StartCard } from './StartCard';
import { Summary } from './Summary';
import { useLosses } from './useLosses';
import { useOrders } from './useOrders';
import { useUsual } from './useUsual';
import { WorkerCard } from './WorkerCard';

const QUEUES_MS = 3000;

interface WorkerListProps {
  known: KnownWorker[];
  /** What runs inside the server. */
  inside: readonly Slot[];
}

/** The workers of a moment that fit what is looked for, the chosen one first, and the orders for them. */
export function WorkerList({ known, inside }: WorkerListProps) {
  const { id } = useParams({ strict: false });
  const { q = '', kind } = useSearch({ from: '/workers' });
  const navigate = useNavigate({ from: '/workers' });
  const [question, setQuestion] = useState<Question | null>(null);
  const order = useOrders();
  const isPast = useIsPast();
  const refusal = useRefusal();
  const kinds = kindsOf(known);
  const chosen = kinds.some(({ id }) => id === kind) ? kind : undefined;
  const shown = chosenFirst(
    known.filter(
      (each) => each.worker.name === id || (matches(each, q) && (!chosen || each.kind.id === chosen)),
    ),
    id,
  );
  const isThere = known.some(({ worker }) => worker.name === id);
  const isInside = id === INSIDE && !isThere;
  // Once it was there, its card stays, so that the others stay where they are.
  const [hasInside, setInside] = useState(false);
  if (inside.length > 0 && !hasInside) setInside(true);
  const slots = useMemo(() => [...known.flatMap((each) => each.slots), ...inside], [known, inside]);
  const usual = useUsual(slots, !isPast);
  const losses = useLosses(known.some(({ worker }) => worker.lost) && !isPast);
  const queues = useQuery({
    queryKey: keys.queues,
    queryFn: listQueues,
    refetchInterval: every(QUEUES_MS),
    enabled: !isPast,
  });
  const ask = (workers: KnownWorker[], wanted: WorkerOrder): void => setQuestion({ order: wanted, workers });
  const willing = shown.filter(({ worker }) => !worker.lost && worker.state === 'running');
  const alive = shown.filter(({ worker }) => !worker.lost && worker.state !== 'terminate');
  return (
    <div className="workers">
      {known.length > 0 && (
        <>
          <Summary known={known} inside={inside} usual={usual} />
          <div className="fl">
            <FindField text={q} />
            {kinds.length > 1 && (
              <Segmented
                label="Kind of worker"
                options={[
                  ['', `All ${count(known.length)}`],
                  ...kinds.map(({ id, words, n }) => [id, `${words} ${count(n)}`] as const),
                ]}
                value={chosen ?? ''}
                onChange={(next) =>
                  void navigate({ search: (kept) => ({ ...kept, kind: next || undefined }), replace: true })
                }
              />
            )}
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
      {known.length > 0 && shown.length === 0 && (
        <p className="dim none">{chosen ? `No worker of this kind has “${q}”.` : `No worker has “${q}”.`}</p>
      )}
      {id !== undefined && !isThere && !isInside && (
        <p className="dim none" role="status">
          {isPast
            ? `No worker “${id}” was known then.`
            : `No worker “${id}” is known. One that is gone for long is forgotten; its events stay in the log.`}
        </p>
      )}
      <ul className="ws">
        {isInside && <InsideCard slots={inside} usual={usual} isChosen />}
        {shown.map((each) => (
          <WorkerCard
            key={each.worker.name}
            known={each}
            usual={usual}
            isChosen={each.worker.name === id}
            losses={losses.filter(({ of }) => of === each.worker.name)}
            refusal={refusal ?? (each.worker.lost ? 'Nobody can tell it anything' : null)}
            onOrder={(wanted) => ask([each], wanted)}
          />
        ))}
        {!isInside && hasInside && <InsideCard slots={inside} usual={usual} isChosen={false} />}
        {!isPast && <StartCard alone={unserved(queues.data ?? [], known)} />}
      </ul>
      <OrderQuestion
        question={question}
        onClose={() => setQuestion(null)}
        onConfirm={({ workers, order: wanted }) => void order(workers, wanted)}
      />
    </div>
  );
}
