import { ChevronFirst, ChevronLast, ChevronsLeft, ChevronsRight } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import type { JobEvent } from '../../api/types';
import { eventSummary } from '../../core/eventWords';
import { count } from '../../core/numbers';
import { millis } from '../../core/time';
import { IconButton } from '../../ui/Button';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { TimeText } from '../../ui/Time';

interface EventListProps {
  events: readonly JobEvent[];
  chosen: number;
  /** Those of the attempt that is pointed at: from this seq on, up to that one. */
  pointed?: readonly [number, number] | null;
  onChoose(index: number): void;
}

/** The events of the job in order; the ones after the chosen one turn grey. */
export function EventList({ events, chosen, pointed = null, onChoose }: EventListProps) {
  const zone = useZone();
  const start = events[0] ? millis(events[0].at) : 0;
  const last = events.length - 1;
  const box = useRef<HTMLDivElement>(null);
  // Only the list itself scrolls to the chosen event, never the page.
  useLayoutEffect(() => {
    const row = box.current?.children[chosen];
    if (!box.current || !(row instanceof HTMLElement)) return;
    const top = row.offsetTop - box.current.offsetTop;
    const isAbove = top < box.current.scrollTop;
    const isBelow = top + row.offsetHeight > box.current.scrollTop + box.current.clientHeight;
    if (isAbove) box.current.scrollTop = top;
    if (isBelow) box.current.scrollTop = top + row.offsetHeight - box.current.clientHeight;
  }, [chosen]);
  return (
    <section className="evs" aria-labelledby="h-events">
      <div className="hd">
        <h2 id="h-events">Events</h2>
        <span className="sub num">{count(events.length)}</span>
        <span className="grow" />
        <span className="stepper">
          <IconButton tone="ghost" label="First event" onClick={() => onChoose(0)}>
            <ChevronFirst className="i s" />
          </IconButton>
          <IconButton tone="ghost" label="Previous event" onClick={() => onChoose(chosen - 1)}>
            <ChevronsLeft className="i s" />
          </IconButton>
          <span className="num dim">
            {chosen + 1} of {events.length}
          </span>
          <IconButton tone="ghost" label="Next event" onClick={() => onChoose(chosen + 1)}>
            <ChevronsRight className="i s" />
          </IconButton>
          <IconButton tone="ghost" label="Last event" onClick={() => onChoose(last)}>
            <ChevronLast className="i s" />
          </IconButton>
        </span>
      </div>
      <div
        className="evl"
        ref={box}
        role="listbox"
        aria-label="Events of this job"
        tabIndex={0}
        aria-activedescendant={events[chosen] && `event-${events[chosen].seq}`}
      >
        {events.map((event, i) => (
          <div
            key={event.seq}
            id={`event-${event.seq}`}
            role="option"
            aria-selected={i === chosen}
            className={[
              i === chosen ? 'on' : i > chosen && 'later',
              pointed && event.seq >= pointed[0] && event.seq < pointed[1] && 'of',
            ]
              .filter(Boolean)
              .join(' ')}
            onClick={() => onChoose(i)}
          >
            <TimeText
              at={event.at}
              seq={event.seq}
              text={`+${((millis(event.at) - start) / 1000).toFixed(3)}`}
              className="mono faint off"
            />
            <Glyph name={eventGlyph(event.type)} />
            <span className="nm">{event.type}</span>
            <span className="dim ellip">{eventSummary(event, events, zone)}</span>
            <span className="mono faint">{event.seq}</span>
          </div>
        ))}
      </div>
    </section>
  );
}
