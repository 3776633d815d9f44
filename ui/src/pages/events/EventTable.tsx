import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { EventTail, TailView } from '../../live/eventTail';
import { Button } from '../../ui/Button';
import { useShortcuts } from '../../ui/shortcuts';
import { PHONE, useMedia } from '../../ui/useMedia';
import { useStable } from '../../ui/useStable';
import { attemptOf } from './attemptOf';
import { EventDetail } from './EventDetail';
import { EventRow } from './EventRow';
import { useFollow } from './useFollow';
import { useJobNames } from './useJobNames';

const ROW = 26;
const CARD = 46;
const OPEN = 206;
const OPEN_PHONE = 440;
const COLUMNS = ['Time', 'Event', 'Job type', 'Job', 'Queue', 'Summary', 'Seq'];

interface EventTableProps {
  tail: EventTail;
  view: TailView;
  isFollowing: boolean;
  open: number | null;
  onOpen(seq: number | null): void;
  onlyJob: boolean;
  onFollow(isFollowing: boolean): void;
  onJob(job: number): void;
}

/** The rows, newest last; one of them may be open. */
export function EventTable(props: EventTableProps) {
  const { tail, view, isFollowing, open, onOpen, onlyJob, onFollow, onJob } = props;
  const { rows } = view;
  const navigate = useNavigate();
  const isPhone = useMedia(PHONE);
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<number | null>(null);
  const height = isPhone ? CARD : ROW;
  const openIndex = open === null ? -1 : rows.findIndex((event) => event.seq === open);
  const currentIndex = current === null ? -1 : rows.findIndex((event) => event.seq === current);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => (i === openIndex ? height + (isPhone ? OPEN_PHONE : OPEN) : height),
    getItemKey: (i) => rows[i]?.seq ?? i,
    overscan: 6,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return currentIndex < 0 || shown.includes(currentIndex)
        ? shown
        : [...shown, currentIndex].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of a row makes every measured place wrong.
  useLayoutEffect(() => virtual.measure(), [height, openIndex]);
  useJobNames(
    tail,
    virtual.getVirtualItems().map((item) => rows[item.index]?.job ?? 0),
  );
  const follow = useFollow(scroller, rows, isFollowing, height, onFollow);

  useEffect(() => {
    if (open !== null) onFollow(false);
  }, [open, onFollow]);
  // One that the address names may be anywhere; one that is clicked is in view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once.
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: 'center' });
  }, []);
  const focusRow = (index: number): void => {
    const event = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    if (!event) return;
    onFollow(false);
    setCurrent(event.seq);
    virtual.scrollToIndex(rows.indexOf(event));
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-seq="${event.seq}"]`)?.focus(),
    );
  };
  const openJob = useStable(
    (id: number) => void navigate({ to: '/jobs/$id', params: { id: String(id) }, search: {} }),
  );
  const toggle = useStable((seq: number) => onOpen(open === seq ? null : seq));
  const end = (): void => {
    if (open !== null) onOpen(null);
    onFollow(true);
  };
  const last = rows.length - 1;
  useShortcuts('Events', [
    {
      keys: ['ArrowDown', 'j'],
      label: 'Next event',
      run: () => focusRow(currentIndex < 0 ? last : currentIndex + 1),
    },
    {
      keys: ['ArrowUp', 'k'],
      label: 'Event before',
      run: () => focusRow(currentIndex < 0 ? last : currentIndex - 1),
    },
    {
      keys: ['o'],
      label: 'Open the job of the row',
      run: () => {
        const job = rows[currentIndex]?.job;
        if (job) openJob(job);
      },
    },
    { keys: ['End'], label: 'Follow', run: end },
    { keys: ['Escape'], label: 'Close the row', run: () => onOpen(null) },
  ]);

  return (
    <div className="lst">
      <div
        className="escroll"
        ref={scroller}
        role="treegrid"
        aria-label="Events, oldest first"
        aria-rowcount={-1}
        aria-colcount={COLUMNS.length}
        onScroll={follow.onScroll}
        onWheel={follow.onWheel}
      >
        <div role="rowgroup" className="ehead">
          <div role="row" className="eh">
            {COLUMNS.map((name) => (
              <span key={name} role="columnheader" className={name === 'Seq' ? 'right' : ''}>
                {name}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const event = rows[item.index];
            if (!event) return null;
            return (
              <div
                key={item.key}
                role="presentation"
                className="ei"
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                <EventRow
                  event={event}
                  name={tail.nameOf(event.job)}
                  start={attemptOf(event, view.all)}
                  index={item.index + 2}
                  isOpen={event.seq === open}
                  isStop={event.seq === current || (currentIndex < 0 && item.index === last)}
                  onFocus={setCurrent}
                  onToggle={toggle}
                  onOpenJob={openJob}
                />
                {event.seq === open && <EventDetail event={event} onlyJob={onlyJob} onJob={onJob} />}
              </div>
            );
          })}
        </div>
      </div>
      {view.hasOlder && !isFollowing && follow.isAtTop && (
        <Button className="olderb" onClick={() => void tail.older()}>
          {view.isReading ? 'Reading older events…' : 'Read older events'}
        </Button>
      )}
    </div>
  );
}
