import { Copy } from 'lucide-react';
import type { LabRunResult } from '../../api/lab';
import { policyForFile } from '../../core/labPolicy';
import { Button } from '../../ui/Button';
import { Drawer } from '../../ui/Overlay';
import { copy } from '../../ui/toasts';

/** The same comparison on the command line, which reads the files of the log. */
export function RecordedExport({ run, onClose }: { run: LabRunResult; onClose(): void }) {
  const { from, to, slots } = run.history ?? { from: '', to: '', slots: 1 };
  const policies = [run.a, run.b].flatMap((choice) => choice?.policy ?? []);
  const files = policies.map((policy, i) => `${policy.name ?? `policy-${i + 1}`}.yaml`);
  const command = [
    'retrylab lab compare --history DATA',
    `--from ${from} --to ${to}`,
    `--slots ${slots} --seed ${run.seed}`,
    ...files.map((name) => `--policy ${name}`),
  ].join(' ');
  return (
    <Drawer
      title="Export as a command"
      description="The command that plays the same stretch of the log"
      isOpen
      onClose={onClose}
    >
      <div className="db">
        <p className="dim">
          DATA is the data directory of the server, or a copy of it. The first column is what was recorded.
        </p>
        <pre className="code cmd">{command}</pre>
        {run.history && run.history.queues.length > 0 && (
          <p className="sub">The command plays all queues, this run only {run.history.queues.join(', ')}.</p>
        )}
        {policies.length === 0 && <p className="sub">Add --policy with a file: a retry policy as YAML.</p>}
        {policies.map((policy, i) => (
          <div key={files[i]}>
            <p className="lab">{files[i]}</p>
            <textarea
              className="input file"
              aria-label={files[i]}
              readOnly
              rows={7}
              value={Object.entries(policyForFile(policy))
                .map(([name, value]) => `${name}: ${value}\n`)
                .join('')}
            />
          </div>
        ))}
      </div>
      <footer>
        <Button size="lg" tone="pri" onClick={() => void copy(command, 'the command')}>
          <Copy className="i s" />
          Copy the command
        </Button>
      </footer>
    </Drawer>
  );
}
