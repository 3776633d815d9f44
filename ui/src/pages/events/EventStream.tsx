import { Link } from '@tanstack/react-router';
import { ChevronDown, Download } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { ApiError } from '../../api/client';
import type { Slot } from '../../api/history';
import { count, plural } from '../../core/numbers';
import { CAPACITY, type EventFilter } from '../../live/eventTail';
import { Button } from '../../ui/Button';
import { Failure, Notice } from '../../ui/Empty';
import { Skeleton } from '../jobs/Skeleton';
import { EventTable } from './EventTable';
import { JobField } from './JobField';
import { RateBars } from './RateBars';
import { SampleNote } from './SampleNote';
import { TypeChips } from './TypeChips';
import { useEventFilter } from './useEventFilter';
import { useEventTail } from './useEventTail';

const ExportDrawer = lazy(() =>
  import('./ExportDrawer').then(({ ExportDrawer: component }) => ({ default: component })),
);

export const HISTORY_MS = 15 * 60_000;

interface Span {
  from: number;
  to: number;
}

interface EventStreamProps {
  /** What happened in the last minutes, as far as it is known. */
  slots: readonly Slot[] | undefined;
  /** The event that the log ends with, of a page about the past. */
  until: number | null;
}

/** The events that the address asks for, as they come in, or as far as the log had come. */
export function EventStream({ slots, until }: EventStreamProps) {
  const { filter, setFilter, open, setOpen } = useEventFilter();
  const [isFollowing, setFollowing] = useState(true);
  // The rows at hand, and those that are to be exported.
  const [span, setSpan] = useState<Span | null>(null);
  const [exporting, setExporting] = useState<Span | null>(null);
  return (
    <>
      <div className="etop">
        <RateBars slots={slots} end={until === null ? 'now' : 'then'} />
        <div className="row">
          {until === null && (
            <button
              type="button"
              className="switch"
              role="switch"
              aria-checked={isFollowing}
              onClick={() => setFollowing(!isFollowing)}
            >
              <i />
              Follow
            </button>
          )}
          <Button refusal={span === null ? 'No event is here yet' : null} onClick={() => setExporting(span)}>
            <Download className="i s" />
            Export
          </Button>
        </div>
      </div>
      <div className="efl">
        <TypeChips slots={slots} types={filter.types} onTypes={(types) => setFilter({ ...filter, types })} />
        <JobField key={filter.job} job={filter.job} onJob={(job) => setFilter({ ...filter, job })} />
      </div>
      <FilteredStream
        key={`${filter.types} ${filter.job} ${until}`}
        filter={filter}
        onFilter={setFilter}
        until={until}
        open={open}
        onOpen={setOpen}
        isFollowing={isFollowing}
        onFollow={setFollowing}
        onSpan={setSpan}
      />
      <Suspense>
        {exporting && <ExportDrawer filter={filter} {...exporting} onClose={() => setExporting(null)} />}
      </Suspense>
    </>
  );
}

interface FilteredStreamProps {
  filter: EventFilter;
  onFilter(filter: EventFilter): void;
  until: number | null;
  /** The event whose row is open. */
  open: number | null;
  onOpen(seq: number | null): void;
  /** Told from which seq to which the rows are. */
  onSpan(span: Span | null): void;
  isFollowing: boolean;
  onFollow(isFollowing: boolean): void;
}

function FilteredStream(props: FilteredStreamProps) {
  const { filter, until, open, isFollowing, onFollow, onFilter, onOpen, onSpan } = props;
  const { tail, view, search, retryAt } = useEventTail(filter, until);
  const { rows, newer } = view;
  useEffect(() => tail.hold(!isFollowing), [tail, isFollowing]);
  const from = view.all[0]?.seq;
  const to = view.all.at(-1)?.seq;
  useEffect(() => {
    onSpan(from === undefined || to === undefined ? null : { from, to });
  }, [from, to, onSpan]);
  const setFollow = useCallback((next: boolean) => onFollow(next), [onFollow]);
  const isFiltered = filter.types.length > 0 || filter.job !== null;
  const isEmpty = view.isLoaded && view.all.length === 0;
  const isAbsent = open !== null && view.isLoaded && !view.all.some(({ seq }) => seq === open);
  return (
    <>
      {view.sample && (
        <SampleNote
          sample={view.sample}
          isFollowing={isFollowing}
          onOnly={(type) => onFilter({ ...filter, types: [type] })}
          onShowAll={() => tail.showAll()}
        />
      )}
      {isAbsent && <AbsentNote seq={open} onClose={() => onOpen(null)} />}
      {view.isLoaded && !isEmpty && (
        <EventTable
          tail={tail}
          view={view}
          isFollowing={isFollowing}
          open={open}
          onOpen={onOpen}
          onlyJob={filter.job !== null}
          onFollow={setFollow}
          onJob={(job) => onFilter({ ...filter, job })}
        />
      )}
      {!view.isLoaded && (
        <div className="body">
          {view.error ? (
            <Failure
              title="The events did not load"
              error={view.error as ApiError}
              request="GET /events"
              retryAt={retryAt}
              onRetry={() => void tail.open()}
            />
          ) : (
            <Skeleton search={search} />
          )}
        </div>
      )}
      {isEmpty && (
        <div className="body">
          <Notice
            title={
              isFiltered
                ? 'No such event lately'
                : until === null
                  ? 'Nothing has happened yet'
                  : 'Nothing had happened yet'
            }
          >
            <p className="dim">
              {view.hasOlder && 'None was found in the newest part of the log. '}
              {until === null && 'New ones appear here by themselves.'}
            </p>
            <div className="row">
              {view.hasOlder && (
                <Button onClick={() => void tail.older()}>
                  {view.isReading ? 'Looking…' : 'Look further back'}
                </Button>
              )}
              {isFiltered && (
                <Button onClick={() => onFilter({ types: [], job: null })}>Show all events</Button>
              )}
            </div>
          </Notice>
        </div>
      )}
      {newer > 0 && (
        <button type="button" className="newer" onClick={() => onFollow(true)}>
          <ChevronDown className="i s" />
          <span className="num">{count(newer)} newer</span>
          <kbd aria-hidden="true">End</kbd>
        </button>
      )}
      <footer className="status">
        {view.isLoaded && (
          <span className="num">
            {view.sample && `${count(rows.length)} of `}
            {plural(view.all.length, 'row')}, at most {count(CAPACITY)} kept
          </span>
        )}
        <span>{until !== null ? 'up to then' : isFollowing ? 'following' : 'paused, nothing moves'}</span>
        <span className="grow" />
        {view.error && view.isLoaded && <span className="c-failed">{view.error.message}</span>}
        <span className="keyhint">
          arrows move, Enter opens, O opens the job, End {until === null ? 'follows' : 'goes to the last'}
        </span>
      </footer>
    </>
  );
}

/** The row that should be open is not here: it was filtered out, or is too far back. */
const AbsentNote = ({ seq, onClose }: { seq: number; onClose(): void }) => (
  <p className="strip">
    <span role="status">Event {count(seq)} is not among these rows.</span>
    <Link className="link" to="/events" search={{ at: String(seq), open: String(seq) }} preload={false}>
      See the log up to there
    </Link>
    <span className="grow" />
    <button type="button" className="link" onClick={onClose}>
      Leave it
    </button>
  </p>
);
