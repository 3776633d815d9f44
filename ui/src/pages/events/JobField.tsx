import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { IconButton } from '../../ui/Button';
import { useShortcuts } from '../../ui/shortcuts';

/** Narrows the stream to one job, `17` or `16,078,643`. */
export function JobField({ job, onJob }: { job: number | null; onJob(job: number | null): void }) {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(job === null ? '' : String(job));
  const [fault, setFault] = useState('');
  useShortcuts('Filter', [{ keys: ['/'], label: 'Events of one job', run: () => input.current?.focus() }]);
  const commit = (): void => {
    const typed = text.trim().replaceAll(',', '');
    if (typed === '') onJob(null);
    else if (/^\d{1,15}$/.test(typed)) onJob(Number(typed));
    else setFault('A job ID is a number');
  };
  return (
    <form
      className="jobfield"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <input
        ref={input}
        className="input"
        value={text}
        aria-label="Job ID"
        aria-invalid={fault !== ''}
        aria-describedby={fault ? 'job-fault' : undefined}
        placeholder="Job ID"
        inputMode="numeric"
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setFault('');
        }}
        onKeyDown={(event) => event.key === 'Escape' && input.current?.blur()}
      />
      {job !== null && (
        <IconButton label="All jobs" tone="ghost" onClick={() => onJob(null)}>
          <X className="i s" />
        </IconButton>
      )}
      <IconButton type="submit" label="Only this job">
        <Search className="i s" />
      </IconButton>
      {fault && (
        <span className="fault" id="job-fault" role="alert">
          {fault}
        </span>
      )}
    </form>
  );
}
