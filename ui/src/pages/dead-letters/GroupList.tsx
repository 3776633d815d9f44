import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { deathsOverTime, freshnessOf, type Group } from '../../core/deadLetters';
import { count } from '../../core/numbers';
import { clockMinutes, clockOrDate, millis, type Zone } from '../../core/time';
import { Sparkline } from '../../plot/Sparkline';
import { useNow } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { SignatureText } from '../../ui/SignatureText';
import { RelativeTime, TimeText } from '../../ui/Time';

const PARTS = 24;
const MINUTE = 60_000;

interface GroupListProps {
  groups: readonly Group[];
  chosen: string | undefined;
  total: number;
  isEstimated: boolean;
  onHold(isHeld: boolean): void;
}

/** All dead letters of the filter first, then the groups. */
export function GroupList({ groups, chosen, total, isEstimated, onHold }: GroupListProps) {
  const now = useNow(true, MINUTE);
  const oldest = Math.min(...groups.map(({ first }) => millis(first)));
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
        <GroupItem
          key={group.id}
          group={group}
          freshness={freshnessOf(group, oldest, now)}
          isChosen={group.id === chosen}
        />
      ))}
    </nav>
  );
}

/** Without the seconds, of which nobody needs to know. */
function minuteOrDate(at: number, zone: Zone, now: number): string {
  const text = clockOrDate(at, zone, now);
  return /^\d\d:\d\d:\d\d$/.test(text) ? clockMinutes(at, zone) : text;
}

interface GroupItemProps {
  group: Group;
  freshness: 'new' | 'back' | null;
  isChosen: boolean;
}

const GroupItem = memo(function GroupItem({ group, freshness, isChosen }: GroupItemProps) {
  const zone = useZone();
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
        <span className="row tight">
          <span className="med ellip">{group.signature.type}</span>
          {freshness === 'new' && <span className="chip tag2 t-failed">New</span>}
          {freshness === 'back' && <span className="chip tag2 t-retrying">Back again</span>}
        </span>
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
          since <TimeText at={group.first} text={minuteOrDate(from, zone, to)} />
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
