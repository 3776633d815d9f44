import { Link } from '@tanstack/react-router';
import { plural } from '../../core/numbers';
import type { Reading } from '../../core/scenario';
import { clock, millis } from '../../core/time';
import { Notice } from '../../ui/Empty';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { glyphOf, namesOf, useRuns } from './RunsMenu';

/** Before the first run: what will be played, and what was played lately. */
export function EmptyResult({ reading }: { reading: Reading }) {
  const runs = useRuns().data ?? [];
  const zone = useZone();
  const { form } = reading;
  return (
    <>
      <Notice title={form?.name || 'A scenario in virtual time'}>
        <p className="dim">
          The scenario is played on the production actors, without a port or a file: hours of arrivals,
          outages and retries take seconds. Both policies meet the same arrivals and the same luck, and the
          same seed gives the same trace on every machine.
        </p>
        {form && (
          <p className="sub">
            {plural(form.groups.length, 'job type')}, {plural(form.outages.length, 'outage')},{' '}
            {plural(form.checks, 'check')}. Press <kbd>Ctrl Enter</kbd> to run it.
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
                  {run.name || `run ${run.id}`}
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
