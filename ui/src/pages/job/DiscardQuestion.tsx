import type { Job } from '../../api/types';
import { count } from '../../core/numbers';
import { Confirm } from '../../ui/Overlay';

interface DiscardQuestionProps {
  job: Job;
  onClose(): void;
  onConfirm(): void;
}

/** Before a job leaves the dead letters. */
export function DiscardQuestion({ job, onClose, onConfirm }: DiscardQuestionProps) {
  const words = `Discard job ${count(job.id)}`;
  return (
    <Confirm title={words} action={words} dismiss="Keep it" isOpen onClose={onClose} onConfirm={onConfirm}>
      <p>
        <b>{job.type}</b> leaves the dead letters and will not run again unless you retry it.
      </p>
      <p>Its events stay in the log.</p>
    </Confirm>
  );
}
