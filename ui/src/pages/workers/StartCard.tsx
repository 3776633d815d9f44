import { Copy, Plus } from 'lucide-react';
import { IconButton } from '../../ui/Button';
import { copy } from '../../ui/toasts';

const COMMAND = 'retrylab worker --queues default --exec ./run';

/** How to bring a worker. */
export function StartCard() {
  return (
    <li className="w start">
      <div className="row">
        <Plus className="i s" />
        <h2 className="med">Start a worker</h2>
      </div>
      <p>
        Any client of the Faktory Work Protocol in Go, Ruby, Node, Python, Rust, PHP and others; any program
        over HTTP; or this one, which runs a command for each job:
      </p>
      <div className="cmd">
        <code>{COMMAND}</code>
        <IconButton tone="ghost" label="Copy the command" onClick={() => void copy(COMMAND, 'the command')}>
          <Copy className="i s" />
        </IconButton>
      </div>
    </li>
  );
}
