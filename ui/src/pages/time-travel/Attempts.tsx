import { useQuery } from '@tanstack/react-query';
import { readLog } from '../../api/eventLog';
import type { JobEvent } from '../../api/types';
import { between } from '../../core/between';
import { count, percent } from '../../core/numbers';
import { QueryFailure } from '../QueryFailure';

const PAGE = 1000;
/** More than that is not read only to count it. */
const MOST = 10_000;

async function readBetween(from: number, to: number, signal: AbortSignal): Promise<JobEvent[]> {
  const events: JobEvent[] = [];
  for (let after = from; after < to; ) {
    const page = await readLog({ after, limit: PAGE }, signal);
    events.push(...page.events.map(({ value }) => value));
    if (page.scannedTo <= after) break;
    after = page.scannedTo;
  }
  return events.filter(({ seq }) => seq <= to);
}

/** The attempts between two places in the log. */
export function Attempts({ from, to }: { from: number; to: number }) {
  const isFew = to - from <= MOST;
  const query = useQuery({
    queryKey: ['between', from, to],
    queryFn: async ({ signal }) => between(await readBetween(from, to, signal)),
    enabled: isFew,
  });
  if (!isFew)
    return (
      <p className="faint none">
        Attempts are counted between moments that are up to {count(MOST)} events apart.
      </p>
    );
  if (!query.data)
    return <QueryFailure title="The attempts did not load" query={query} request="GET /events" />;
  const { attempts, firstSucceeded, firstEnded, deadLetters } = query.data;
  return (
    <dl className="abn num">
      <dt>Attempts</dt>
      <dd>{count(attempts)}</dd>
      <dt title="Of the first attempts that began and ended between them">First-try success</dt>
      <dd>
        {firstEnded === 0 ? '–' : percent(firstSucceeded / firstEnded)}
        {firstEnded > 0 && (
          <span className="faint">
            {' '}
            {count(firstSucceeded)} of {count(firstEnded)}
          </span>
        )}
      </dd>
      <dt>Dead letters</dt>
      <dd>{count(deadLetters)}</dd>
    </dl>
  );
}
