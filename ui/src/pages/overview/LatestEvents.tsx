import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { every } from '../../api/askAgain';
import { getJob } from '../../api/client';
import { newestSeq, readLog } from '../../api/eventLog';
import { keys } from '../../api/keys';
import type { JobEvent } from '../../api/types';
import { clock, millis } from '../../core/time';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { TimeText } from '../../ui/Time';
import { rowSummary } from '../events/rowSummary';
import { QueryFailure } from '../QueryFailure';

const MOST = 6;
/** Seqs of jobs that have left the log are missing. */
const READ = 50;
const GAP_MS = 2000;

/** The newest events; they stand still while one points at them. */
export function LatestEvents() {
  const [isHeld, setHeld] = useState(false);
  const held = useRef<readonly JobEvent[]>([]);
  const query = useQuery({
    queryKey: keys.latestEvents,
    queryFn: async ({ signal }) => {
      const newest = await newestSeq(signal);
      const page = await readLog({ after: Math.max(0, newest - READ), limit: READ }, signal);
      return page.events.slice(-MOST).map(({ value }) => value);
    },
    placeholderData: keepPreviousData,
    refetchInterval: every(GAP_MS),
    refetchOnMount: 'always',
  });
  const { data = [] } = query;
  if (!isHeld) held.current = data;
  const shown = held.current.toReversed();
  if (query.data === undefined)
    return <QueryFailure title="The latest events did not load" query={query} request="GET /events" />;
  if (shown.length === 0) return <p className="faint none">Waiting for the first event</p>;
  return (
    <ul
      className="latest evs"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {shown.map((event) => (
        <Row key={event.seq} event={event} />
      ))}
    </ul>
  );
}

function Row({ event }: { event: JobEvent }) {
  const zone = useZone();
  const { job, type, at } = event;
  return (
    <li>
      <TimeText at={at} seq={event.seq} text={clock(millis(at), zone, 3)} className="mono faint" />
      <Glyph name={eventGlyph(type)} />
      <span className="ellip">{type}</span>
      {job === 0 ? (
        <span className="faint">system</span>
      ) : (
        <Link
          className="ellip"
          to="/jobs/$id"
          params={{ id: String(job) }}
          search={{}}
          title={`Job ${job}`}
          preload={false}
        >
          <JobType id={job} /> <span className="mono faint">{job}</span>
        </Link>
      )}
      <span className="dim num right ellip">{rowSummary(event, undefined, zone)}</span>
    </li>
  );
}

/** An event does not say of what type its job is. It never changes. */
function JobType({ id }: { id: number }) {
  const { data } = useQuery({
    queryKey: keys.jobType(id),
    queryFn: async () => (await getJob(id)).value.type,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  return data ?? 'job';
}
