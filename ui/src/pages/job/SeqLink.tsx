import type { JobEvent } from '../../api/types';

interface SeqLinkProps {
  seq: number;
  /** The event itself when it is one of the job's. */
  own: JobEvent | undefined;
  onEvent(seq: number): void;
}

/** An event of the job is shown on this page, any other as the log has it. */
export function SeqLink({ seq, own, onEvent }: SeqLinkProps) {
  if (own) {
    return (
      <button type="button" className="link mono" onClick={() => onEvent(seq)}>
        {own.type} {seq}
      </button>
    );
  }
  return (
    <a className="link mono" href={`/events?after=${seq - 1}&limit=1`} target="_blank" rel="noreferrer">
      event {seq}
    </a>
  );
}
