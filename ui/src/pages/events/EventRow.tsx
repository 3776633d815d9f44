import { memo } from 'react';
import type { JobEvent } from '../../api/types';
import { clock, millis } from '../../core/time';
import type { JobName } from '../../live/eventTail';
import { eventGlyph } from '../../ui/eventGlyph';
import { Glyph } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { RowLink } from '../../ui/RowLink';
import { TimeText } from '../../ui/Time';
import { rowSummary } from './rowSummary';

interface EventRowProps {
  event: JobEvent;
  name: JobName | undefined;
  start: JobEvent | undefined;
  index: number;
  isOpen: boolean;
  isStop: boolean;
  onFocus(seq: number): void;
  onToggle(seq: number): void;
  onOpenJob(id: number): void;
}

export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, name, start, isOpen } = props;
  const zone = useZone();
  const isSystem = event.job === 0;
  const summary = rowSummary(event, start, zone);
  return (
    <div
      role="row"
      className={['er', isOpen && 'on', isSystem && 'sys'].filter(Boolean).join(' ')}
      aria-rowindex={props.index}
      aria-expanded={isOpen}
      data-seq={event.seq}
      tabIndex={props.isStop ? 0 : -1}
      onFocus={() => props.onFocus(event.seq)}
      onClick={() => props.onToggle(event.seq)}
      onKeyDown={(key) => {
        if (key.key !== 'Enter' || key.target !== key.currentTarget) return;
        key.preventDefault();
        props.onToggle(event.seq);
      }}
    >
      <span role="gridcell">
        <TimeText
          at={event.at}
          seq={event.seq}
          text={clock(millis(event.at), zone, 3)}
          className="mono faint"
        />
      </span>
      <span role="gridcell" className="e-nm ellip">
        <Glyph name={eventGlyph(event.type)} />
        {event.type}
      </span>
      <span role="gridcell" className="ellip" title={name?.type}>
        {isSystem ? <span className="faint">system</span> : name?.type}
      </span>
      <span role="gridcell" className="mono faint">
        {!isSystem && (
          <RowLink job={event.job} onOpen={props.onOpenJob}>
            {event.job}
          </RowLink>
        )}
      </span>
      <span role="gridcell" className="dim ellip e-q" title={name?.queue}>
        {name?.queue}
      </span>
      <span role="gridcell" className="dim ellip e-sum" title={summary}>
        {summary}
      </span>
      <span role="gridcell" className="mono faint right e-seq">
        {event.seq}
      </span>
    </div>
  );
});
