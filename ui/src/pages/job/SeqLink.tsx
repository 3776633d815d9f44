import { Link } from '@tanstack/react-router';
import type { JobEvent } from '../../api/types';

interface SeqLinkProps {
  seq: number;
  /** The event itself when it is one of the job's. */
  own: JobEvent | undefined;
  onEvent(seq: number): void;
}

/** An event of the job is shown on this page, any other among its neighbours in the log, with the system of then. */
export function SeqLink({ seq, own, onEvent }: SeqLinkProps) {
  if (own) {
    return (
      <button type="button" className="link mono" onClick={() => onEvent(seq)}>
        {own.type} {seq}
      </button>
    );
  }
  return (
    <Link className="link mono" to="/time-travel" search={{ at: String(seq) }} preload={false}>
      event {seq}
    </Link>
  );
}
