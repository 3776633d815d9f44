import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { every } from '../../api/askAgain';
import { countByStatus } from '../../api/counts';
import { keys } from '../../api/keys';
import type { Counts, Job, JobFilter, Status } from '../../api/types';
import {
  affectedWords,
  BULK_ACTIONS,
  type BulkAction,
  bulkLabel,
  fits,
  shareOf,
  skippedWords,
  VERBS,
} from '../../core/bulk';
import { isCountedExactly, queryFromFilter, textsOf } from '../../core/filter';
import { count, plural } from '../../core/numbers';
import { isEmpty, type Selection } from '../../core/selection';
import { STATUSES } from '../../core/status';
import type { ListView } from '../../live/jobList';
import { useZone } from '../../ui/preferences';
import type { Question } from '../bulk/AskFirst';
import { useOperations } from '../bulk/operations';
import { asks, bulkRequest, type Scope, scopeSize } from '../bulk/scope';
import { useRefusal } from '../services';
import { chipsOf, chipWords } from './chips';

const REFETCH_MS = 2000;

export interface BulkCommand {
  action: BulkAction;
  label: string;
  refusal: string | null;
  run(): void;
}

export interface Bulk {
  isActive: boolean;
  /** How many jobs are chosen; null while that is being counted. */
  size: number | null;
  /** How many the query matches; null while that is being counted. */
  matching: number | null;
  commands: BulkCommand[];
  question: Question | null;
  /** Asks about one job that is not chosen. */
  ask(action: BulkAction, job: Job): void;
  confirm(): void;
  dismiss(): void;
}

const total = (counts: Partial<Counts>): number =>
  STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0);

function tally(jobs: readonly Job[]): Partial<Counts> {
  const counts: Partial<Counts> = {};
  for (const { status } of jobs) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** What can be done with the chosen jobs, and the question before something large or final. */
export function useBulk(filter: JobFilter, view: ListView, selection: Selection, onSent: () => void): Bulk {
  const off = useRefusal();
  const operations = useOperations();
  const [question, setQuestion] = useState<Question | null>(null);
  const isActive = !isEmpty(selection);
  const matching = useQuery({
    queryKey: keys.counts(queryFromFilter(filter)),
    queryFn: ({ signal }) => countByStatus(filter, signal),
    enabled: isActive && off === null,
    staleTime: 0,
    refetchInterval: every(REFETCH_MS),
  }).data;
  const isQuery = selection.kind === 'query';
  const chosen = isQuery ? [] : jobsOf(selection.ids, view.rows);
  const counts = isQuery ? matching : tally(chosen);

  const scopeOf = (action: BulkAction, fitting: number): Scope =>
    isQuery
      ? { filter: bulkFilter(filter, action), about: fitting, isEstimated: !isCountedExactly(filter) }
      : { ids: chosen.filter((job) => fits(action, job.status)).map((job) => job.id) };
  const send = (action: BulkAction, scope: Scope, size: number): void => {
    operations.start(bulkRequest(action, scope), `${VERBS[action]} of ${plural(size, 'job')}`);
    onSent();
  };
  const commands = BULK_ACTIONS.map((action): BulkCommand => {
    const share = shareOf(action, counts ?? {});
    const refusal = off ?? (counts ? share.refusal : 'The jobs are being counted');
    return {
      action,
      label: bulkLabel(action, share),
      refusal,
      run: () => {
        const scope = scopeOf(action, share.fitting);
        const runsAgain = action === 'retry' && (counts?.SUCCEEDED ?? 0) > 0;
        if (!asks(action, scope) && !runsAgain) send(action, scope, share.fitting);
        else {
          const of = (
            <ScopeWords action={action} counts={counts ?? {}} filter={filter} selection={selection} />
          );
          setQuestion({ action, verb: VERBS[action], scope, of, request: bulkRequest(action, scope) });
        }
      },
    };
  });
  return {
    isActive,
    size: counts ? total(counts) : null,
    matching: matching ? total(matching) : null,
    commands,
    question,
    ask: (action, job) => {
      const scope = { ids: [job.id] };
      const of = `${job.type}, job ${count(job.id)}`;
      setQuestion({ action, verb: VERBS[action], scope, of, request: bulkRequest(action, scope) });
    },
    confirm: () => {
      if (question) send(question.action, question.scope, scopeSize(question.scope));
      setQuestion(null);
    },
    dismiss: () => setQuestion(null),
  };
}

const jobsOf = (ids: ReadonlySet<number>, rows: ReadonlyMap<number, Job>): Job[] =>
  [...ids].flatMap((id) => rows.get(id) ?? []);

/** The statuses are always said: the server's own choice for an action would be another one. */
function bulkFilter(filter: JobFilter, action: BulkAction) {
  const within: readonly Status[] = filter.status.length > 0 ? filter.status : STATUSES;
  return {
    status: within.filter((status) => fits(action, status)),
    ...textsOf(filter),
    ...(filter.tags.length > 0 && { tag: filter.tags }),
  };
}

interface ScopeWordsProps {
  action: BulkAction;
  counts: Partial<Counts>;
  filter: JobFilter;
  selection: Selection;
}

/** Which jobs, as of when, and which are left alone. */
function ScopeWords({ action, counts, filter, selection }: ScopeWordsProps) {
  const skipped = skippedWords(action, counts);
  const chips = chipsOf(filter, useZone());
  return (
    <>
      {selection.kind === 'query' ? (
        <>
          Every job{chips.length > 0 && ' that matches '}
          {chips.map((chip, i) => (
            <span key={chipWords(chip)}>
              {i > 0 && ' and '}
              <b>{chipWords(chip)}</b>
            </span>
          ))}{' '}
          as of seq {count(selection.seq)}:{' '}
        </>
      ) : (
        'The selected jobs: '
      )}
      {affectedWords(action, counts)}.{skipped && ` ${skipped}.`}
      {action === 'retry' && (counts.SUCCEEDED ?? 0) > 0 && ' Those that have Succeeded run again.'}
    </>
  );
}
