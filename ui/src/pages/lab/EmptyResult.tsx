import { Link } from '@tanstack/react-router';
import { runName } from '../../core/labHistory';
import { plural } from '../../core/numbers';
import { clock, millis } from '../../core/time';
import { Notice } from '../../ui/Empty';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import type { Composed } from './Bench';
import { glyphOf, namesOf, useRuns } from './RunsMenu';

/** Before the first run: what will be played, and what was played lately. */
export function EmptyResult({ composed }: { composed: Composed | null }) {
  const runs = useRuns().data ?? [];
  const zone = useZone();
  return (
    <>
      <Notice title={composed?.name || 'A scenario in virtual time'}>
        <p className="dim">
          {composed?.isRecorded
            ? 'What came to this server comes again, in virtual time: would another policy have got more of it done, sooner, with fewer attempts? Nothing of the server itself is touched.'
            : 'The scenario is played on the production actors, without a port or a file: hours of arrivals, outages and retries take seconds. Both policies meet the same arrivals and the same luck, and the same seed gives the same trace on every machine.'}
        </p>
        {composed && composed.groups > 0 && (
          <p className="sub">
            {plural(composed.groups, 'job type')}, {plural(composed.outages, 'outage')},{' '}
            {plural(composed.checks, 'check')}. Press <kbd>Ctrl Enter</kbd> to run it.
          </p>
        )}
      </Notice>
      {runs.length > 0 && (
        <section className="lately" aria-labelledby="h-lately">
          <h2 id="h-lately">Lately</h2>
          <ul>
            {runs.slice(0, 8).map((run) => (
              <li key={run.id}>
                <Glyph name={glyphOf(run)} />
                <Link to="/lab/runs/$run" params={{ run: String(run.id) }} search={{}} className="ellip">
                  {runName(run, zone)}
                </Link>
                <span className="faint ellip">
                  {namesOf(run)}, seed {run.seed}
                </span>
                <span className="faint num">{clock(millis(run.created_at), zone)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
