import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { State } from '../../api/past';
import type { JobEvent } from '../../api/types';
import { eventFields } from '../../core/eventFields';
import { clock, millis } from '../../core/time';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { TimeText } from '../../ui/Time';
import { useJobTypes } from './useJobTypes';

const BEFORE = 9;
const AFTER = 14;

interface EventsAroundProps {
  state: State;
  /** Nothing is to come yet, what was read beyond has only just happened. */
  isLive: boolean;
  events: readonly JobEvent[];
  /** Whether arrows step. */
  hasKeys: boolean;
  onGo(seq: number): void;
}

/** The log in step with the playhead: what had happened above, what was still to come below. */
export const EventsAround = memo(function EventsAround({
  state,
  isLive,
  events,
  hasKeys,
  onGo,
}: EventsAroundProps) {
  const place = events.findLastIndex((event) => event.seq <= state.seq);
  const shown = events.slice(Math.max(0, place - BEFORE), place + 1 + (isLive ? 0 : AFTER));
  const types = useJobTypes(state, events, shown);
  const current = events[place];
  return (
    <section className="col evs" aria-labelledby="h-events">
      <header className="hd">
        <h2 id="h-events">Events at the playhead</h2>
        <span className="grow" />
        {hasKeys && <span className="sub keyhint">← → step</span>}
      </header>
      <ol className="evt">
        {state.seq === 0 && <li className="none faint">Here the log begins.</li>}
        {shown.map((event) => (
          <EventAt
            key={event.seq}
            event={event}
            type={types.get(event.job) ?? ''}
            isCurrent={event === current}
            isLater={event.seq > state.seq}
            isLive={isLive}
            onGo={onGo}
          />
        ))}
        {shown.length > 0 && (isLive || place === events.length - 1) && (
          <li className="none faint">This is the newest event.</li>
        )}
      </ol>
    </section>
  );
});

interface EventAtProps {
  event: JobEvent;
  type: string;
  isCurrent: boolean;
  isLater: boolean;
  isLive: boolean;
  onGo(seq: number): void;
}

const EventAt = memo(function EventAt({ event, type, isCurrent, isLater, isLive, onGo }: EventAtProps) {
  const zone = useZone();
  const isSystem = event.job === 0;
  const names = ['ev', isCurrent && 'on', isLater && 'later'].filter(Boolean).join(' ');
  return (
    <li aria-current={isCurrent ? 'true' : undefined}>
      <button type="button" className={names} onClick={() => onGo(event.seq)} title={`Event ${event.seq}`}>
        <TimeText
          at={event.at}
          seq={event.seq}
          text={clock(millis(event.at), zone, 3).slice(3)}
          className="mono faint"
        />
        <Glyph name={eventGlyph(event.type)} />
        <span className="nm ellip">{event.type}</span>
        <span className="dim ellip">{isSystem ? 'system' : type}</span>
        <span className="mono faint right">{isSystem ? '' : event.job}</span>
      </button>
      {isCurrent && (
        <div className="det">
          <dl>
            {eventFields(event, zone).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {!isSystem && (
            <Link
              className="link"
              to="/jobs/$id"
              params={{ id: String(event.job) }}
              search={isLive ? {} : { at: String(event.seq) }}
              preload={false}
            >
              Open job as of here
            </Link>
          )}
        </div>
      )}
    </li>
  );
});
