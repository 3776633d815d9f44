import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { hasEnded, type LabReport, type LabRunResult } from '../../api/lab';
import { useStable } from '../../ui/useStable';
import { Charts } from './Charts';
import { Checks } from './Checks';
import { Figures } from './Figures';
import { OneJob } from './OneJob';
import { RunHead } from './RunHead';
import type { LabParameters } from './useDraft';

const ExportDrawer = lazy(() =>
  import('./ExportDrawer').then(({ ExportDrawer: component }) => ({ default: component })),
);
const RecordedExport = lazy(() =>
  import('./RecordedExport').then(({ RecordedExport: component }) => ({ default: component })),
);

interface ResultProps {
  run: LabRunResult;
  /** Whether something else is being composed by now. */
  isOld: boolean;
  refusal: string | null;
  onStop(): void;
}

/** What came of a run, as far as it is. */
export function Result({ run, isOld, refusal, onStop }: ResultProps) {
  const search = useSearch({ strict: false }) as LabParameters;
  const navigate = useNavigate();
  const [isExporting, setExporting] = useState(false);
  const lanes = useRef<HTMLDivElement>(null);
  const reports = run.sides.flatMap(({ report }) => report ?? []);
  const jobs = reports[0]?.figures.jobs ?? 0;
  const wanted = Number(search.job);
  const isWanted = Number.isInteger(wanted) && wanted >= 1 && wanted <= jobs;
  const job = isWanted ? wanted : run.job;
  const goTo = useStable((next: number): void => {
    void navigate({
      to: '/lab/runs/$run',
      params: { run: String(run.id) },
      search: { job: String(next) },
      replace: true,
    });
  });
  const showJob = (next: number): void => {
    goTo(next);
    lanes.current?.scrollIntoView({ block: 'nearest' });
    lanes.current?.focus({ preventScroll: true });
  };
  const stops = reports.flatMap(({ stopped }) => (stopped ? [stopped] : []));
  return (
    <>
      <RunHead
        run={run}
        reports={reports}
        isOld={isOld}
        refusal={refusal}
        onStop={onStop}
        onExport={() => setExporting(true)}
      />
      <Partial run={run} stops={stops} />
      {hasEnded(run) && reports.length > 0 && <Figures run={run} reports={reports} />}
      {run.sides.length > 0 ? (
        <Charts run={run} />
      ) : (
        <p className="dim none">
          {hasEnded(run) ? 'Nothing was played.' : 'The charts fill as it is played.'}
        </p>
      )}
      {hasEnded(run) && job !== null && jobs > 0 && (
        <div ref={lanes} tabIndex={-1} className="onebox">
          <OneJob run={run} job={job} jobs={jobs} onJob={goTo} />
        </div>
      )}
      {hasEnded(run) && reports.length > 0 && !run.history && (
        <Checks run={run} reports={reports} onJob={showJob} />
      )}
      <Suspense>
        {isExporting && run.history && <RecordedExport run={run} onClose={() => setExporting(false)} />}
        {isExporting && !run.history && (
          <ExportDrawer run={run} reports={reports} onClose={() => setExporting(false)} />
        )}
      </Suspense>
    </>
  );
}

/** Why the result is not whole. */
function Partial({ run, stops }: { run: LabRunResult; stops: LabReport['stopped'][] }) {
  if (!hasEnded(run) || (!run.partial && !run.why)) return null;
  const missing = run.b && run.sides.length < 2 ? ['B was not played'] : [];
  const words = [run.why, ...stops, ...missing].filter(Boolean);
  return (
    <p className={run.status === 'failed' ? 'strip t-failed' : 'strip t-retrying'}>
      This is a partial result: {words.join('; ') || 'it was stopped before it began'}.
    </p>
  );
}
