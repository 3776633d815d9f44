import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { getJob } from '../../api/client';
import { keys } from '../../api/keys';
import { count } from '../../core/numbers';
import { duration } from '../../core/time';
import type { EndedRun } from '../../core/workRuns';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { RelativeTime } from '../../ui/Time';
import { usePast } from '../past/context';
import { REACH, useRuns } from './useRuns';

const ROWS = 10;

/** What a worker ended last, the newest first. */
export function Lately({ workers }: { workers: readonly string[] }) {
  const past = usePast();
  const until = past ? (past.state?.seq ?? past.view.state?.seq ?? null) : null;
  const runs = useRuns(workers, until);
  if (!runs) return null;
  const shown = runs.ended.slice(0, ROWS);
  return (
    <section className="lately" aria-label="Ended lately">
      <h3 className="med">Ended lately</h3>
      {shown.length === 0 && <p className="faint">Nothing in the newest {count(REACH)} events of the log.</p>}
      <ul className="plain runs">
        {shown.map((run) => (
          <EndedRow key={run.seq} run={run} />
        ))}
      </ul>
    </section>
  );
}

function EndedRow({ run: { job, attempt, end, at, seq, tookMs } }: { run: EndedRun }) {
  const { data: type } = useQuery({
    queryKey: keys.jobType(job),
    queryFn: async () => (await getJob(job)).value.type,
    retry: false,
  });
  return (
    <li className="row">
      <Glyph name={eventGlyph(end)} />
      <span className="end">{end}</span>
      <Link className="ellip" to="/jobs/$id" params={{ id: String(job) }} search={{}} preload={false}>
        {type ?? 'job'} <span className="mono faint">{count(job)}</span>
      </Link>
      {attempt > 1 && <span className="faint num nowrap">attempt {count(attempt)}</span>}
      <span className="grow" />
      <span className="num nowrap">{duration(Math.max(0, tookMs))}</span>
      <span className="num dim nowrap when">
        <RelativeTime at={at} seq={seq} />
      </span>
    </li>
  );
}
