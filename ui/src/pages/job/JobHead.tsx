import { Ban, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Job, JobEvent, WithText } from '../../api/types';
import { isEnded, statusAt } from '../../core/status';
import { Button } from '../../ui/Button';
import { useClock } from '../../ui/clock';
import { StatusPill } from '../../ui/Glyph';
import { useShortcuts } from '../../ui/shortcuts';
import { copy } from '../../ui/toasts';
import { useJobActions } from '../useJobActions';
import { Countdown } from './Countdown';
import { Facts } from './Facts';
import { MoreActions } from './MoreActions';

const EditDrawer = lazy(() =>
  import('./EditDrawer').then(({ EditDrawer: component }) => ({ default: component })),
);
const DiscardQuestion = lazy(() =>
  import('./DiscardQuestion').then(({ DiscardQuestion: component }) => ({ default: component })),
);

interface JobHeadProps {
  job: WithText<Job>;
  events: readonly JobEvent[];
  onTaken(job: WithText<Job>): void;
}

/** What the job is now, what can be done with it, and its facts. */
export function JobHead({ job: { value: job, text }, events, onTaken }: JobHeadProps) {
  const [isEditing, setEditing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const status = useClock((now) => statusAt(job, now));
  const actions = useJobActions((value, raw) => onTaken({ value, text: raw }));
  const shown = { ...job, status };
  const refusals = {
    retry: actions.refusal('retry', shown),
    edit: actions.refusal('edit', job),
    cancel: actions.refusal('cancel', job),
    letter: actions.refusal('dead-letter', job),
    discard: actions.refusal('discard', job),
  };
  const edit = (): void => {
    if (!refusals.edit) setEditing(true);
  };
  const id = String(job.id);
  const command = (refusal: string | null) => ({ refusal, isCommand: true });
  useShortcuts('Job actions', [
    { keys: ['r'], label: 'Retry', ...command(refusals.retry), run: () => actions.run('retry', shown) },
    { keys: ['e'], label: 'Edit and retry', ...command(refusals.edit), run: edit },
    { keys: ['c'], label: 'Cancel', ...command(refusals.cancel), run: () => actions.run('cancel', job) },
    {
      keys: [],
      label: 'Dead-letter',
      ...command(refusals.letter),
      run: () => actions.run('dead-letter', job),
    },
    { keys: [], label: 'Discard', ...command(refusals.discard), run: () => setAsking(true) },
    { keys: ['y'], label: 'Copy the ID', isCommand: true, run: () => void copy(id, `job ID ${id}`) },
  ]);
  return (
    <div className="jhead">
      <div className="top">
        <StatusPill status={status} />
        <Countdown job={job} events={events} />
        <span className="grow" />
        <Button tone="pri" refusal={refusals.retry} onClick={() => actions.run('retry', shown)}>
          <RotateCw className="i s" />
          {isEnded(job.status) ? 'Retry' : 'Retry now'} <kbd aria-hidden="true">R</kbd>
        </Button>
        <Button refusal={refusals.edit} onClick={edit}>
          <Pencil className="i s" />
          Edit and retry <kbd aria-hidden="true">E</kbd>
        </Button>
        <Button refusal={refusals.cancel} onClick={() => actions.run('cancel', job)}>
          <Ban className="i s" />
          Cancel <kbd aria-hidden="true">C</kbd>
        </Button>
        <Button refusal={refusals.discard} onClick={() => setAsking(true)}>
          <Trash2 className="i s" />
          Discard
        </Button>
        <MoreActions
          job={job}
          letterRefusal={refusals.letter}
          onLetter={() => actions.run('dead-letter', job)}
        />
      </div>
      <Facts job={job} events={events} />
      {isEditing && (
        <Suspense>
          <EditDrawer job={{ value: job, text }} onClose={() => setEditing(false)} onTaken={onTaken} />
        </Suspense>
      )}
      {isAsking && (
        <Suspense>
          <DiscardQuestion
            job={job}
            onClose={() => setAsking(false)}
            onConfirm={() => actions.run('discard', job)}
          />
        </Suspense>
      )}
    </div>
  );
}
