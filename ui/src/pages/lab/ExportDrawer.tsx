import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import type { LabReport, LabRunResult } from '../../api/lab';
import { exported } from '../../core/scenario';
import { Button } from '../../ui/Button';
import { download } from '../../ui/download';
import { Drawer } from '../../ui/Overlay';
import { Segmented } from '../../ui/Segmented';
import { copy } from '../../ui/toasts';
import { sideOf } from './SideMark';

interface ExportDrawerProps {
  run: LabRunResult;
  reports: readonly LabReport[];
  onClose(): void;
}

const fileName = (run: LabRunResult, side: string): string => {
  const words = (run.name || 'scenario').toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${words.replace(/^-|-$/g, '')}${run.b ? `-${side.toLowerCase()}` : ''}.yaml`;
};

/** One side as a file for CI, and the command that plays it. */
export function ExportDrawer({ run, reports, onClose }: ExportDrawerProps) {
  const sides = reports.map((_, i) => sideOf(i));
  const [side, setSide] = useState<'A' | 'B'>('A');
  const index = side === 'A' ? 0 : 1;
  const choice = index === 0 ? run.a : (run.b ?? run.a);
  const text = exported(run.scenario, run.seed, choice);
  const name = fileName(run, side);
  const command = `retrylab lab run ${name}`;
  const scrub = [`${command} --trace run.ndjson`, 'retrylab serve --ephemeral --fork run.ndjson'].join('\n');
  const report = reports[index];
  return (
    <Drawer
      title="Export as test"
      description="A scenario file and the command that plays it"
      isOpen
      onClose={onClose}
    >
      <div className="db">
        {sides.length > 1 && (
          <Segmented
            label="Side"
            options={sides.map((each, i): ['A' | 'B', string] => [
              each,
              `${each}: ${i === 0 ? run.a.name : (run.b?.name ?? '')}`,
            ])}
            value={side}
            isFull
            onChange={(each) => setSide(each)}
          />
        )}
        <p className="dim">
          The file has the seed and the policies of this side. The command ends with 0 when every check holds,
          with 1 when one does not.
        </p>
        <pre className="code cmd">{command}</pre>
        {report && (
          <p className="sub">
            It prints the trace <span className="mono">{report.trace_sha256}</span>, on every machine.
          </p>
        )}
        <p className="dim">To travel through the run itself, event by event:</p>
        <pre className="code cmd">{scrub}</pre>
        <textarea className="input file" aria-label={name} readOnly wrap="off" rows={18} value={text} />
      </div>
      <footer>
        <Button size="lg" onClick={() => void copy(command, 'the command')}>
          <Copy className="i s" />
          Copy the command
        </Button>
        <span className="grow" />
        <Button size="lg" tone="pri" onClick={() => download(name, [text], 'application/yaml')}>
          <Download className="i s" />
          Download {name.length > 28 ? 'the file' : name}
        </Button>
      </footer>
    </Drawer>
  );
}
