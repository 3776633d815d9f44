import { Link } from '@tanstack/react-router';
import { Flag as FlagMark } from 'lucide-react';
import { clock } from '../core/time';
import type { FlagGroup } from '../core/timeline';
import { useZone } from '../ui/preferences';
import { PHONE, useMedia } from '../ui/useMedia';

/** Narrower than this, there are no words beside a flag. */
const ROOM = 0.22;
const ROOM_PHONE = 0.4;
const LISTED = 8;

interface FlagLinesProps {
  groups: readonly FlagGroup[];
  /** Names them above the plot; otherwise there are only lines. */
  isNamed?: boolean;
}

/** Where the system itself changed, over a plot. A flag leads to that moment. */
export function FlagLines({ groups, isNamed = false }: FlagLinesProps) {
  if (groups.length === 0) return null;
  return <Lines groups={groups} isNamed={isNamed} />;
}

function Lines({ groups, isNamed }: Required<FlagLinesProps>) {
  const least = useMedia(PHONE) ? ROOM_PHONE : ROOM;
  return groups.map((group, i) => {
    const style = { left: `${group.share * 100}%` };
    return isNamed ? (
      <span key={group.share} className="flagl" style={style}>
        <FlagLink group={group} before={group.share - (groups[i - 1]?.share ?? 0)} least={least} />
      </span>
    ) : (
      <span key={group.share} className="flagl" style={style} aria-hidden="true" />
    );
  });
}

interface FlagLinkProps {
  group: FlagGroup;
  /** How much room there is to its left. */
  before: number;
  least: number;
}

function FlagLink({ group: { flags, share, room }, before, least }: FlagLinkProps) {
  const zone = useZone();
  const first = flags[0];
  if (!first) return null;
  const text = flags.length === 1 ? first.text : `${flags.length} changes`;
  const all = flags.map((flag) => `${flag.text} at ${clock(flag.time, zone)}`);
  const few = all.length > LISTED ? [...all.slice(0, LISTED), `and ${all.length - LISTED} more`] : all;
  // At the right end the words stand before the line.
  const isLate = share > 1 - least && room >= 1 - share && before > 2 * least;
  return (
    <Link
      to="/time-travel"
      search={{ at: String(first.seq), range: '1h' }}
      className={isLate ? 'late' : undefined}
      title={few.join('\n')}
      aria-label={`${flags.length === 1 ? '' : `${text}: `}${few.join(', ')}`}
      preload={false}
    >
      <FlagMark className="i s" />
      {(room > least || isLate) && <span className="ellip">{text}</span>}
    </Link>
  );
}
