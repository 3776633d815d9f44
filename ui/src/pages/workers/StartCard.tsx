import { Copy, Plus } from 'lucide-react';
import type { Queue } from '../../api/types';
import { plural } from '../../core/numbers';
import { IconButton } from '../../ui/Button';
import { copy } from '../../ui/toasts';

interface StartCardProps {
  /** The queue that needs one most. */
  alone: Queue | null;
}

/** How to bring a worker, first of all for a queue that nobody listens to. */
export function StartCard({ alone }: StartCardProps) {
  const command = `retrylab worker --queues ${alone?.name ?? 'default'} --exec ./run`;
  return (
    <li className="w start">
      <div className="row">
        <Plus className="i s" />
        <h2 className="med">Start a worker</h2>
      </div>
      {alone && (
        <p>
          Nobody asks for <b className="med">{alone.name}</b>: {plural(alone.ready, 'job')} could start there.
        </p>
      )}
      <p>
        Any client of the Faktory Work Protocol in Go, Ruby, Node, Python, Rust, PHP and others; any program
        over HTTP; or this one, which runs a command for each job:
      </p>
      <div className="cmd">
        <code>{command}</code>
        <IconButton tone="ghost" label="Copy the command" onClick={() => void copy(command, 'the command')}>
          <Copy className="i s" />
        </IconButton>
      </div>
    </li>
  );
}
