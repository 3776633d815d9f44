import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { DeadLetterFilter, DeadLetters } from '../../api/deadLetters';
import type { Group, GroupSort } from '../../core/deadLetters';
import { count } from '../../core/numbers';
import { useShortcuts } from '../../ui/shortcuts';
import { PHONE, useMedia } from '../../ui/useMedia';
import { AskFirst, type Question } from '../bulk/AskFirst';
import { useOperations } from '../bulk/operations';
import { asks, bulkRequest, type Scope } from '../bulk/scope';
import { useStats } from '../services';
import { FilterLine } from './FilterLine';
import { GroupDetail } from './GroupDetail';
import { GroupList } from './GroupList';
import { GoneGroup, NoMatch } from './NoMatch';
import type { Wish } from './RedrivePanel';

interface DeadLettersBodyProps {
  data: DeadLetters;
  groups: readonly Group[];
  group: string | undefined;
  filter: DeadLetterFilter;
  sort: GroupSort;
  onHold(isHeld: boolean): void;
  onFilter(filter: DeadLetterFilter): void;
  onSort(sort: GroupSort): void;
}

export function DeadLettersBody(props: DeadLettersBodyProps) {
  const { data, groups, filter } = props;
  const operations = useOperations();
  const stats = useStats();
  const navigate = useNavigate({ from: '/dead-letters' });
  const isPhone = useMedia(PHONE);
  const [question, setQuestion] = useState<(Question & { wish: Wish; title: string }) | null>(null);
  const known = groups.find((each) => each.id === props.group) ?? null;
  const isList = isPhone && props.group === undefined;
  const jobs = known?.jobs ?? data.jobs;
  const all: Scope = known
    ? { ids: known.jobs.map((job) => job.id) }
    : {
        filter: {
          status: ['FAILED'],
          ...(filter.q !== '' && { q: filter.q }),
          ...(filter.queue !== '' && { queue: filter.queue }),
        },
        about: data.total,
        isEstimated: data.estimated,
      };
  const requestOf = (wish: Wish) => bulkRequest(wish.action, wish.scope, wish.pace, wish.reason);
  const run = (wish: Wish, title: string): void => operations.start(requestOf(wish), title);
  const step = (by: number): void => {
    const ids = ['all', ...groups.map((each) => each.id)];
    const at = ids.indexOf(known?.id ?? 'all') + by;
    const id = ids[Math.min(ids.length - 1, Math.max(0, at))];
    void navigate({ search: (kept) => ({ ...kept, group: id }), replace: true });
    document.querySelector<HTMLElement>(`[data-group="${id}"]`)?.focus();
  };
  useShortcuts('Groups', [
    { keys: ['j', 'ArrowDown'], label: 'Next group', run: () => step(1) },
    { keys: ['k', 'ArrowUp'], label: 'Group before', run: () => step(-1) },
  ]);
  const isEmpty = data.jobs.length === 0;
  const isGone = known === null && props.group !== undefined && props.group !== 'all';
  return (
    <div className={isList ? 'dl list' : isPhone ? 'dl detail' : 'dl'}>
      <div className="gl">
        <FilterLine
          filter={filter}
          sort={props.sort}
          queues={queuesWithDead(data, stats?.by_queue)}
          onFilter={props.onFilter}
          onSort={props.onSort}
        />
        <GroupList
          groups={groups}
          chosen={isList || isGone ? 'none' : known?.id}
          total={data.total}
          isEstimated={data.estimated}
          onHold={props.onHold}
        />
      </div>
      {isEmpty && (
        <NoMatch total={stats?.by_status.FAILED} onClear={() => props.onFilter({ q: '', queue: '' })} />
      )}
      {!isEmpty && isGone && <GoneGroup />}
      {!isEmpty && !isGone && (
        <GroupDetail
          key={known?.id ?? 'all'}
          group={known}
          jobs={jobs}
          read={data.jobs}
          filter={filter}
          all={all}
          note={<ReadNote data={data} isGroup={known !== null} />}
          onWish={(wish, of) => {
            const verb = wish.action === 'retry' ? 'Redrive' : 'Discard';
            const title = `${verb} of ${of}`;
            if (!asks(wish.action, wish.scope)) run(wish, title);
            else {
              const { action, scope } = wish;
              setQuestion({ wish, title, action, scope, verb, of, request: requestOf(wish) });
            }
          }}
        />
      )}
      {question && (
        <AskFirst
          question={question}
          onClose={() => setQuestion(null)}
          onConfirm={() => run(question.wish, question.title)}
        />
      )}
    </div>
  );
}

const queuesWithDead = (
  data: DeadLetters,
  byQueue: Record<string, { FAILED?: number }> | undefined,
): string[] => [
  ...new Set([
    ...data.jobs.map((job) => job.queue),
    ...Object.entries(byQueue ?? {}).flatMap(([name, counts]) => (counts.FAILED ? [name] : [])),
  ]),
];

/** Groups are made of what was read; says so when there is more. */
function ReadNote({ data, isGroup }: { data: DeadLetters; isGroup: boolean }) {
  if (!data.hasMore) return null;
  return (
    <p className="strip t-retrying" role="note">
      Grouped from the newest {count(data.jobs.length)} of {data.estimated && 'about '}
      {count(data.total)} dead letters.
      {isGroup
        ? ' An action on this group is about the jobs that were read.'
        : ' An action on all of them reaches the others too.'}
    </p>
  );
}
