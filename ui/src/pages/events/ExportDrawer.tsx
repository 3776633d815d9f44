import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { readLog } from '../../api/eventLog';
import { count, plural } from '../../core/numbers';
import type { EventFilter } from '../../live/eventTail';
import { exportLog, exportSpan, MOST_EXPORTED } from '../../live/logExport';
import { Button } from '../../ui/Button';
import { download } from '../../ui/download';
import { TextField } from '../../ui/Field';
import { Drawer } from '../../ui/Overlay';
import { toast } from '../../ui/toasts';

interface ExportDrawerProps {
  filter: EventFilter;
  /** The seqs that are offered first. */
  from: number;
  to: number;
  onClose(): void;
}

/** A stretch of the log as a file, as it is stored, a line for each event. */
export function ExportDrawer({ filter, onClose, ...offered }: ExportDrawerProps) {
  const [from, setFrom] = useState(String(offered.from));
  const [to, setTo] = useState(String(offered.to));
  const [faults, setFaults] = useState<{ from?: string; to?: string }>({});
  const [readTo, setReadTo] = useState<number | null>(null);
  const reading = useRef<AbortController | null>(null);
  useEffect(() => () => reading.current?.abort(), []);
  const run = async (): Promise<void> => {
    const span = exportSpan(from, to);
    setFaults('faults' in span ? span.faults : {});
    if ('faults' in span) return;
    const asked = new AbortController();
    reading.current = asked;
    const { signal } = asked;
    setReadTo(span.from - 1);
    try {
      const { lines, isCut } = await exportLog(
        { ...filter, ...span },
        (query) => readLog(query, signal),
        setReadTo,
      );
      download(`events-${span.from}-${span.to}.ndjson`, lines, 'application/x-ndjson');
      const words = `Exported ${plural(lines.length, 'event')}`;
      toast(isCut ? `${words}: there are more, the file is full` : words, { tone: isCut ? 'plain' : 'good' });
      onClose();
    } catch (error) {
      if (signal.aborted) return;
      setReadTo(null);
      toast((error as Error).message, { tone: 'bad' });
    }
  };
  const of = [filter.types.join(', '), filter.job !== null && `job ${count(filter.job)}`]
    .filter(Boolean)
    .join(' of ');
  return (
    <Drawer title="Export events" description="A stretch of the log as a file" isOpen onClose={onClose}>
      <form
        className="db"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <p className="dim">
          {of === '' ? 'All events' : `Only ${of}`} from one seq to another, both included, as NDJSON: each
          line is an event as it is stored. At most {count(MOST_EXPORTED)} at once;{' '}
          <span className="mono">retrylab export</span> writes any number.
        </p>
        <TextField label="From seq" value={from} inputMode="numeric" fault={faults.from} onChange={setFrom} />
        <TextField label="To seq" value={to} inputMode="numeric" fault={faults.to} onChange={setTo} />
        <Button type="submit" tone="pri" size="lg" refusal={readTo === null ? null : 'It is being read'}>
          <Download className="i s" />
          Export
        </Button>
        {readTo !== null && (
          <p className="sub num" role="status">
            Read up to event {count(readTo)}
          </p>
        )}
      </form>
    </Drawer>
  );
}
