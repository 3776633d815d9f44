import { Download, Square } from 'lucide-react';
import { hasEnded, type LabReport, type LabRunResult } from '../../api/lab';
import { virtualTime } from '../../core/labTime';
import { count } from '../../core/numbers';
import { duration } from '../../core/time';
import { Button } from '../../ui/Button';
import { Glyph } from '../../ui/Glyph';

interface RunHeadProps {
  run: LabRunResult;
  reports: readonly LabReport[];
  isOld: boolean;
  refusal: string | null;
  onStop(): void;
  onExport(): void;
}

/** How the run is, in one line. */
export function RunHead({ run, reports, isOld, refusal, onStop, onExport }: RunHeadProps) {
  return (
    <header className="rh">
      {hasEnded(run) ? <Ended run={run} reports={reports} /> : <UnderWay run={run} />}
      <span className="grow" />
      {isOld && (
        <span className="chip line" title="What is composed now is not what this run was of">
          changed since
        </span>
      )}
      {!hasEnded(run) && (
        <Button refusal={refusal ?? (run.stopping ? 'It is about to end' : null)} onClick={onStop}>
          <Square className="i s" />
          Stop
        </Button>
      )}
      {hasEnded(run) && reports.length > 0 && (
        <Button onClick={onExport}>
          <Download className="i s" />
          {run.history ? 'Export' : 'Export as test'}
        </Button>
      )}
    </header>
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);

function Ended({ run, reports }: { run: LabRunResult; reports: readonly LabReport[] }) {
  const time = Math.max(0, ...reports.map(({ virtual_us: us }) => us));
  const real = sum(reports.map(({ real_us: us }) => us)) / 1000;
  const [word, glyph] = verdict(run);
  return (
    <>
      <span className="st" role="status">
        <Glyph name={glyph} />
        {word}
      </span>
      {run.partial && <span className="chip part">partial</span>}
      {reports.length > 0 && (
        <>
          <span className="dim num">
            {virtualTime(time)} in {duration(real)}
          </span>
          <span className="faint num wide-only">
            {count(sum(reports.map(({ events }) => events)))} events
          </span>
          <span className="faint traces">
            trace{reports.length > 1 && 's'}{' '}
            {reports.map(({ trace_sha256: hash }, i) => (
              <span
                key={i}
                className="mono"
                title={`The same scenario and seed give the same trace: ${hash}`}
              >
                {i > 0 && ' '}
                {hash.slice(0, 8)}
              </span>
            ))}
          </span>
        </>
      )}
    </>
  );
}

function verdict(run: LabRunResult): [string, 'SUCCEEDED' | 'ATTEMPT_FAILED' | 'CANCELLED'] {
  if (run.status === 'failed') return ['Failed', 'ATTEMPT_FAILED'];
  if (run.status === 'stopped') return ['Stopped', 'CANCELLED'];
  return ['Finished', 'SUCCEEDED'];
}

function UnderWay({ run }: { run: LabRunResult }) {
  const { side, now_us: now, events, done } = run.progress;
  const waits = run.status === 'queued';
  return (
    <>
      <span className="st" role="status">
        <Glyph name={waits ? 'QUEUED' : 'RUNNING'} />
        {waits ? 'Waiting' : run.stopping ? 'Stopping' : 'Running'}
      </span>
      {waits ? (
        <span className="dim">one run is played at a time</span>
      ) : (
        <>
          <progress aria-label="Progress by virtual time" value={done} max={1} />
          <span className="dim num">
            {run.b && `${side.toUpperCase()}: `}
            {virtualTime(now)} of {virtualTime(run.duration_us)}
          </span>
          <span className="faint num wide-only">{count(events)} events</span>
        </>
      )}
    </>
  );
}
