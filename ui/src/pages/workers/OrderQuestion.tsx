import type { WorkerOrder } from '../../api/workers';
import { count, plural } from '../../core/numbers';
import type { KnownWorker } from '../../core/workers';
import { Confirm } from '../../ui/Overlay';

export interface Question {
  order: WorkerOrder;
  workers: KnownWorker[];
}

interface OrderQuestionProps {
  question: Question | null;
  onClose(): void;
  onConfirm(question: Question): void;
}

const NAMED = 6;
const VERBS: Record<WorkerOrder, string> = { quiet: 'Quiet', terminate: 'Terminate' };

function orderWords(order: WorkerOrder, isOne: boolean): string {
  if (order === 'quiet')
    return isOne
      ? 'It takes no further job; there is no way back but a restart of the worker.'
      : 'They take no further job; there is no way back but a restart of each worker.';
  return isOne
    ? 'It takes no further job, finishes what it can and ends. Whatever it does not finish is tried again elsewhere.'
    : 'They take no further job, finish what they can and end. Whatever they do not finish is tried again elsewhere.';
}

/** Asks before workers are told to stop, and names what runs there. */
export function OrderQuestion({ question, onClose, onConfirm }: OrderQuestionProps) {
  if (!question) return null;
  const { order, workers } = question;
  const whom = workers.length === 1 ? workers[0]?.worker.name : plural(workers.length, 'worker');
  const slots = workers.flatMap((each) => each.slots);
  return (
    <Confirm
      title={`${VERBS[order]} ${whom}`}
      action={`${VERBS[order]} ${whom}`}
      dismiss="Leave as is"
      isOpen
      onClose={onClose}
      onConfirm={() => onConfirm(question)}
    >
      <p>{orderWords(order, workers.length === 1)}</p>
      {slots.length === 0 ? (
        <p>Nothing runs there now.</p>
      ) : (
        <>
          <p>{plural(slots.length, 'job')} there now:</p>
          <ul className="plain">
            {slots.slice(0, NAMED).map(({ id, job }) => (
              <li key={id}>
                {job?.type ?? 'job'} <span className="mono faint">{count(id)}</span>
              </li>
            ))}
            {slots.length > NAMED && <li className="faint">and {count(slots.length - NAMED)} more</li>}
          </ul>
        </>
      )}
    </Confirm>
  );
}
