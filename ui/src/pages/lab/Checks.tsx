import type { LabReport, LabRunResult } from '../../api/lab';
import { Button } from '../../ui/Button';
import { Glyph } from '../../ui/Glyph';
import { SideMark, sideOf } from './SideMark';

interface ChecksProps {
  run: LabRunResult;
  reports: readonly LabReport[];
  onJob(job: number): void;
}

/** What the scenario expects, and what was found on each side. */
export function Checks({ run, reports, onJob }: ChecksProps) {
  const checks = reports[0]?.checks ?? [];
  return (
    <section className="chk" aria-labelledby="h-checks">
      <header className="hd">
        <h2 id="h-checks">Checks</h2>
        <span className="sub">{checks.length > 0 ? reports.map(summary(run)).join(', ') : ''}</span>
      </header>
      {checks.length === 0 && (
        <p className="sub none">
          The scenario expects nothing. Give it a list <code>expect</code>, as in{' '}
          <code>
            expect: [{'{'}all: succeeded{'}'}]
          </code>
          : what holds is checked on every run.
        </p>
      )}
      <ul className="ck">
        {checks.map(({ expected, line }, at) => (
          <li key={at}>
            <span className="what" title={`Line ${line} of the scenario`}>
              {expected}
            </span>
            {reports.map((report, i) => (
              <Found
                key={sideOf(i)}
                check={report.checks[at]}
                side={run.b ? sideOf(i) : null}
                onJob={onJob}
              />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const summary =
  (run: LabRunResult) =>
  ({ checks }: LabReport, i: number): string => {
    const failed = checks.filter(({ passed }) => !passed).length;
    const who = run.b ? `${sideOf(i)} ` : '';
    return failed === 0 ? `${who}passes` : `${who}fails ${failed} of ${checks.length}`;
  };

interface FoundProps {
  check: LabReport['checks'][number] | undefined;
  side: 'A' | 'B' | null;
  onJob(job: number): void;
}

function Found({ check, side, onJob }: FoundProps) {
  if (!check) return null;
  const { passed, found, job } = check;
  return (
    <div className="row found num">
      {side && <SideMark side={side} />}
      <Glyph name={passed ? 'SUCCEEDED' : 'ATTEMPT_FAILED'} />
      <b className={passed ? 'c-succeeded' : 'c-failed'}>{passed ? 'ok' : 'FAIL'}</b>
      <span className="ellip" title={found}>
        {found}
      </span>
      {!passed && job !== undefined && (
        <Button
          tone="ghost"
          className="small link-like"
          title="What happened to a job that shows it"
          onClick={() => onJob(job)}
        >
          job {job}
        </Button>
      )}
    </div>
  );
}
