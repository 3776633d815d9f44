import { useNavigate } from '@tanstack/react-router';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  lazy,
  type RefObject,
  Suspense,
  useEffect,
  useLayoutEffect,
  useState,
} from 'react';
import type { Job } from '../../api/types';
import { isSelected } from '../../core/selection';
import type { JobList, ListView } from '../../live/jobList';
import { type Density, useDensity } from '../../ui/preferences';
import { PHONE, useMedia } from '../../ui/useMedia';
import { useStable } from '../../ui/useStable';
import { useServices } from '../services';
import { useJobActions } from '../useJobActions';
import { EditById } from './EditById';
import { JobRow } from './JobRow';
import { countColumns, TableHead } from './TableHead';
import type { Bulk } from './useBulk';
import type { HoldHandlers } from './useHold';
import { useListLook } from './useListLook';
import type { SelectionControl } from './useSelection';
import { useTableKeys } from './useTableKeys';

const Peek = lazy(() => import('./Peek').then(({ Peek: component }) => ({ default: component })));

const ROW_HEIGHTS: Record<Density, number> = { comfortable: 36, compact: 30 };
const CARD_HEIGHT = 87;
const FETCH_AHEAD = 30;

/** What each column more adds to the grid of a row, and to the width below which the table scrolls sideways. */
const columnStyle = (more: number): CSSProperties | undefined =>
  more === 0
    ? undefined
    : ({ '--more': 'minmax(88px, 0.8fr) '.repeat(more), '--more-count': more } as CSSProperties);

interface JobsTableProps {
  list: JobList;
  view: ListView;
  scroller: RefObject<HTMLDivElement | null>;
  handlers: HoldHandlers;
  initialScroll: number;
  control: SelectionControl;
  bulk: Bulk;
  /** The job that is shown beside the list. */
  peeked: number | null;
  onPeek(id: number | null): void;
  onShowFresh(): void;
}

/** A virtual grid with one tab stop: the row that was focused last, kept mounted wherever it is. */
export function JobsTable(props: JobsTableProps) {
  const { list, view, scroller, handlers, initialScroll, control, bulk, peeked, onPeek } = props;
  const { memory } = useServices();
  const navigate = useNavigate();
  const isPhone = useMedia(PHONE);
  const density = useDensity();
  const { columns, order, setOrder } = useListLook();
  const [current, setCurrent] = useState<number | null>(peeked);
  const [edited, setEdited] = useState<number | null>(null);
  const actions = useJobActions((job) => list.apply([job]));
  const { above, order: ids } = view;
  const height = isPhone ? CARD_HEIGHT : ROW_HEIGHTS[density];
  const currentIndex = current === null ? -1 : ids.indexOf(current);

  const virtual = useVirtualizer({
    count: above + ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    initialOffset: initialScroll,
    overscan: 8,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      const kept = currentIndex + above;
      return currentIndex < 0 || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes every measured place wrong.
  useLayoutEffect(() => virtual.measure(), [height]);

  useEffect(() => {
    memory.rows = view.rows;
    return () => {
      memory.rows = null;
    };
  }, [memory, view.rows]);

  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  // With each view: what is asked for while the list is read for another reason is not done.
  useEffect(() => {
    if (view.failure) return;
    if (first < above) void list.loadAbove();
    else if (view.hasMore && last >= above + ids.length - FETCH_AHEAD) void list.loadMore();
  }, [first, last, above, ids.length, view, list]);

  const focusRow = (index: number): number | undefined => {
    const id = ids[Math.min(Math.max(index, 0), ids.length - 1)];
    if (id === undefined) return undefined;
    setCurrent(id);
    if (peeked !== null) onPeek(id);
    virtual.scrollToIndex(ids.indexOf(id) + above);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-job="${id}"]`)?.focus());
    return id;
  };
  const retry = useStable((of: Job) => actions.run('retry', of));
  const open = useStable((id: number) => void navigate({ to: '/jobs/$id', params: { id: String(id) } }));
  const peek = useStable((id: number) => onPeek(id === peeked ? null : id));
  useTableKeys({
    job: current === null ? undefined : view.rows.get(current),
    index: currentIndex,
    bulk,
    control,
    actions,
    onFocusRow: focusRow,
    onOpen: open,
    onEdit: (of) => setEdited(of.id),
    peeked,
    onPeek,
    onShowFresh: props.onShowFresh,
  });

  return (
    <>
      <div
        className="tablewrap"
        onPointerEnter={handlers.onPointerEnter}
        onPointerLeave={handlers.onPointerLeave}
      >
        <div
          className={isPhone || peeked !== null || columns.length === 0 ? 'scroller' : 'scroller more'}
          ref={scroller}
          style={columnStyle(columns.length)}
          role="grid"
          aria-label="Jobs"
          aria-rowcount={view.isEstimated ? -1 : view.total + 1}
          aria-colcount={countColumns(columns)}
          aria-multiselectable={true}
          onFocus={handlers.onFocus}
          onBlur={handlers.onBlur}
          onScroll={() => {
            // Asking the element would lay the page out at once.
            const top = virtual.scrollOffset ?? 0;
            if (memory.list) memory.list.scrollTop = top;
            handlers.onScroll(top, Math.max(0, Math.floor(top / height) - above));
          }}
        >
          <TableHead control={control} columns={columns} order={order} onOrder={setOrder} />
          <div role="rowgroup" className="rows" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const id = ids[item.index - above];
              const shown = id === undefined ? undefined : view.rows.get(id);
              if (!shown) return null;
              const isStop = shown.id === current || (currentIndex < 0 && item.index === above);
              return (
                <JobRow
                  key={shown.id}
                  job={shown}
                  columns={columns}
                  index={item.index + 2}
                  top={item.start}
                  height={height}
                  isCurrent={shown.id === current}
                  isStop={isStop}
                  isDimmed={view.dimmed.has(shown.id)}
                  isSelected={isSelected(control.selection, shown.id)}
                  refusal={actions.refusal('retry', shown)}
                  onFocus={setCurrent}
                  onOpen={open}
                  onRetry={retry}
                  onToggle={control.toggle}
                  onExtend={control.extend}
                  onPeek={peek}
                />
              );
            })}
          </div>
        </div>
      </div>
      {peeked !== null && (
        <Suspense>
          <Peek
            id={peeked}
            listed={view.rows.get(peeked)}
            actions={actions}
            onEdit={(of) => setEdited(of.id)}
            onClose={() => onPeek(null)}
          />
        </Suspense>
      )}
      {edited !== null && (
        <EditById id={edited} onClose={() => setEdited(null)} onTaken={(job) => list.apply([job])} />
      )}
    </>
  );
}
