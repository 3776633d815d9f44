import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import type { Job } from '../../api/types';
import type { JobList, ListView } from '../../live/jobList';
import { useShortcuts } from '../../ui/shortcuts';
import { PHONE, useMedia } from '../../ui/useMedia';
import { useStable } from '../../ui/useStable';
import { useServices } from '../services';
import { useJobActions } from '../useJobActions';
import { JobRow } from './JobRow';
import type { HoldHandlers } from './useHold';

const ROW_HEIGHT = 36;
const CARD_HEIGHT = 87;
const FETCH_AHEAD = 30;
const COLUMNS = ['Status', 'Job', 'ID', 'Attempts', 'Next or last run', 'Run time', 'Last error', 'Created'];

interface JobsTableProps {
  list: JobList;
  view: ListView;
  scroller: RefObject<HTMLDivElement | null>;
  handlers: HoldHandlers;
  initialScroll: number;
  onShowFresh(): void;
}

/** A virtual grid with one tab stop: the row that was focused last, kept mounted wherever it is. */
export function JobsTable({ list, view, scroller, handlers, initialScroll, onShowFresh }: JobsTableProps) {
  const { memory } = useServices();
  const navigate = useNavigate();
  const isPhone = useMedia(PHONE);
  const [current, setCurrent] = useState<number | null>(null);
  const actions = useJobActions((job) => list.apply([job]));
  const { above, order } = view;
  const height = isPhone ? CARD_HEIGHT : ROW_HEIGHT;
  const currentIndex = current === null ? -1 : order.indexOf(current);

  const virtual = useVirtualizer({
    count: above + order.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    initialOffset: initialScroll,
    overscan: 8,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const kept = currentIndex + above;
      return currentIndex < 0 || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes every measured place wrong.
  useLayoutEffect(() => virtual.measure(), [height]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => {
    if (first < above) void list.loadAbove();
    else if (view.hasMore && last >= above + order.length - FETCH_AHEAD) void list.loadMore();
  }, [first, last, above, order.length, view.hasMore, list]);

  const focusRow = (index: number): void => {
    const id = order[Math.min(Math.max(index, 0), order.length - 1)];
    if (id === undefined) return;
    setCurrent(id);
    virtual.scrollToIndex(order.indexOf(id) + above);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-job="${id}"]`)?.focus());
  };
  const retry = useStable((of: Job) => actions.run('retry', of));
  const open = useStable((id: number) => void navigate({ to: '/jobs/$id', params: { id: String(id) } }));
  const job = current === null ? undefined : view.rows.get(current);
  useShortcuts('Table', [
    { keys: ['j', 'ArrowDown'], label: 'Next row', run: () => focusRow(currentIndex + 1) },
    { keys: ['k', 'ArrowUp'], label: 'Row before', run: () => focusRow(Math.max(0, currentIndex - 1)) },
    { keys: ['.'], label: 'Show new jobs, re-sort', run: onShowFresh },
    { keys: ['r'], label: 'Retry the job of the row', run: () => job && actions.run('retry', job) },
    { keys: ['c'], label: 'Cancel the job of the row', run: () => job && actions.run('cancel', job) },
  ]);

  return (
    <div
      className="tablewrap"
      onPointerEnter={handlers.onPointerEnter}
      onPointerLeave={handlers.onPointerLeave}
    >
      <div
        className="scroller"
        ref={scroller}
        role="grid"
        aria-label="Jobs"
        aria-rowcount={view.isEstimated ? -1 : view.total + 1}
        aria-colcount={COLUMNS.length}
        onFocus={handlers.onFocus}
        onBlur={handlers.onBlur}
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          if (memory.list) memory.list.scrollTop = top;
          handlers.onScroll(top, Math.max(0, Math.floor(top / height) - above));
        }}
      >
        <div role="rowgroup" className="thead">
          <div role="row" aria-rowindex={1} className="jrow head">
            {COLUMNS.map((name) => (
              <div
                role="columnheader"
                key={name}
                className={name === 'Run time' || name === 'Created' ? 'right' : ''}
              >
                {name}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const id = order[item.index - above];
            const shown = id === undefined ? undefined : view.rows.get(id);
            if (!shown) return null;
            const isStop = shown.id === current || (currentIndex < 0 && item.index === above);
            return (
              <JobRow
                key={shown.id}
                job={shown}
                index={item.index + 2}
                top={item.start}
                height={height}
                isCurrent={shown.id === current}
                isStop={isStop}
                isDimmed={view.dimmed.has(shown.id)}
                refusal={actions.refusal('retry', shown)}
                onFocus={setCurrent}
                onOpen={open}
                onRetry={retry}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
