import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { deathsOverTime, type Group } from '../../core/deadLetters';
import { count } from '../../core/numbers';
import { millis } from '../../core/time';
import { Sparkline } from '../../plot/Sparkline';
import { SignatureText } from '../../ui/SignatureText';
import { RelativeTime } from '../../ui/Time';

const PARTS = 24;

interface GroupListProps {
  groups: readonly Group[];
  chosen: string | undefined;
  total: number;
  isEstimated: boolean;
  onHold(isHeld: boolean): void;
}

/** All dead letters of the filter first, then the groups. */
export function GroupList({ groups, chosen, total, isEstimated, onHold }: GroupListProps) {
  return (
    <nav
      className="groups"
      aria-label="Error groups"
      onPointerEnter={() => onHold(true)}
      onPointerLeave={() => onHold(false)}
      onFocus={() => onHold(true)}
      onBlur={() => onHold(false)}
    >
      <Link
        className="g"
        to="/dead-letters"
        search={(kept) => ({ ...kept, group: 'all' })}
        aria-current={chosen === undefined ? 'page' : undefined}
        activeProps={{}}
        data-group="all"
        resetScroll={false}
      >
        <span className="row between">
          <span className="med">All of them</span>
          <span className="num med">
            {isEstimated && 'about '}
            {count(total)}
          </span>
        </span>
      </Link>
      {groups.map((group) => (
        <GroupItem key={group.id} group={group} isChosen={group.id === chosen} />
      ))}
    </nav>
  );
}

const GroupItem = memo(function GroupItem({ group, isChosen }: { group: Group; isChosen: boolean }) {
  const [from, to] = [millis(group.first), millis(group.last)];
  return (
    <Link
      className="g"
      to="/dead-letters"
      search={(kept) => ({ ...kept, group: group.id })}
      aria-current={isChosen ? 'page' : undefined}
      activeProps={{}}
      data-group={group.id}
      resetScroll={false}
    >
      <span className="row between">
        <span className="med ellip">{group.signature.type}</span>
        <span className="num med">{count(group.jobs.length)}</span>
      </span>
      <span className="msg mono dim ellip">
        <SignatureText signature={group.signature} />
      </span>
      <span className="row sub">
        <span className="ellip">
          {group.queues.length === 1 ? group.queues[0] : `${count(group.queues.length)} queues`}
        </span>
        <span className="nowrap num">
          last <RelativeTime at={group.last} />
        </span>
        <span className="grow" />
        {group.jobs.length > 2 && (
          <Sparkline values={deathsOverTime(group.jobs, from, to, PARTS)} tone="failed" />
        )}
      </span>
    </Link>
  );
});
