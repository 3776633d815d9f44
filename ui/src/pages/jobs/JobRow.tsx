import { Link2, PanelRight, RotateCw } from 'lucide-react';
import { memo, type ReactNode, useRef } from 'react';
import type { Job } from '../../api/types';
import { type Column, columnValue } from '../../core/columns';
import { brief } from '../../core/json';
import { statusAt } from '../../core/status';
import { jobSubject } from '../../core/title';
import { useClock } from '../../ui/clock';
import { StatusMark } from '../../ui/Glyph';
import { jobPath, RowLink } from '../../ui/RowLink';
import { JobTicks } from '../../ui/Ticks';
import { ClockTime } from '../../ui/Time';
import { copy } from '../../ui/toasts';
import { NextOrLastRun, RunTime } from './runCells';
import { useChangeTint } from './useChangeTint';

interface JobRowProps {
  job: Job;
  columns: readonly Column[];
  index: number;
  top: number;
  height: number;
  isCurrent: boolean;
  isStop: boolean;
  isDimmed: boolean;
  isSelected: boolean;
  refusal: string | null;
  onFocus(id: number): void;
  onOpen(id: number): void;
  onRetry(job: Job): void;
  onToggle(id: number): void;
  onExtend(id: number): void;
  onPeek(id: number): void;
}

export const jobLink = (id: number): string => `${location.origin}${jobPath(id)}`;

export const JobRow = memo(function JobRow(props: JobRowProps) {
  const { job, isCurrent, isDimmed, isSelected, isStop } = props;
  const status = useClock((now) => statusAt(job, now));
  const names = ['jrow', isCurrent && 'cur', isDimmed && 'gone', isSelected && 'sel']
    .filter(Boolean)
    .join(' ');
  const reach = isStop ? 0 : -1;
  const statusCell = useRef<HTMLDivElement>(null);
  useChangeTint(statusCell, status);
  return (
    <div
      role="row"
      className={names}
      aria-rowindex={props.index}
      data-job={job.id}
      tabIndex={reach}
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
      onFocus={() => props.onFocus(job.id)}
      aria-selected={isSelected}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => {
        if (event.shiftKey) props.onExtend(job.id);
        else if (event.ctrlKey || event.metaKey) props.onToggle(job.id);
        else props.onOpen(job.id);
      }}
    >
      <div role="gridcell" className="c-pick">
        <input
          type="checkbox"
          className="pick"
          aria-label={`Select job ${job.id}`}
          checked={isSelected}
          tabIndex={reach}
          onChange={() => {}}
          onClick={(event) => {
            event.stopPropagation();
            if (event.shiftKey) props.onExtend(job.id);
            else props.onToggle(job.id);
          }}
        />
      </div>
      <div role="gridcell" className="c-st" ref={statusCell}>
        <StatusMark status={status} />
      </div>
      <div role="gridcell" className="c-job ellip">
        <RowLink job={job.id} onOpen={props.onOpen}>
          <span className="med">{job.type}</span> <span className="dim">{jobSubject(job)}</span>
        </RowLink>
      </div>
      <div role="gridcell" className="c-id mono faint">
        {job.id}
      </div>
      <div role="gridcell" className="c-att">
        <JobTicks job={job} />
      </div>
      <div role="gridcell" className="c-run num ellip">
        <NextOrLastRun job={job} />
      </div>
      <div role="gridcell" className="c-took num right">
        <RunTime job={job} />
      </div>
      <div role="gridcell" className="c-err ellip">
        <LastError job={job} />
      </div>
      {props.columns.map((column) => (
        <MoreCell key={column} job={job} column={column} />
      ))}
      <div role="gridcell" className="c-at right">
        <ClockTime at={job.created_at} className="mono faint" />
        <span className="acts" onClick={(event) => event.stopPropagation()}>
          <RowButton
            label={`Retry job ${job.id}`}
            tabIndex={reach}
            refusal={props.refusal}
            onClick={() => props.onRetry(job)}
          >
            <RotateCw className="i s" />
          </RowButton>
          <RowButton label={`Peek at job ${job.id}`} tabIndex={reach} onClick={() => props.onPeek(job.id)}>
            <PanelRight className="i s" />
          </RowButton>
          <RowButton
            label={`Copy link to job ${job.id}`}
            tabIndex={reach}
            onClick={() => void copy(jobLink(job.id), 'the link')}
          >
            <Link2 className="i s" />
          </RowButton>
        </span>
      </div>
    </div>
  );
});

/** So much of a value is kept in the page. */
const MOST_SHOWN = 200;

function MoreCell({ job, column }: { job: Job; column: Column }) {
  const value = columnValue(job, column);
  const text = brief(value).slice(0, MOST_SHOWN);
  return value === undefined || value === null ? (
    <div role="gridcell" className="c-x faint">
      {value === undefined ? '–' : 'null'}
    </div>
  ) : (
    <div role="gridcell" className="c-x num ellip" title={text}>
      {text}
    </div>
  );
}

interface RowButtonProps {
  label: string;
  tabIndex: number;
  refusal?: string | null;
  onClick(): void;
  children: ReactNode;
}

/** Rows come and go by the dozen, so their buttons have the browser's own tooltip. */
function RowButton({ label, tabIndex, refusal, onClick, children }: RowButtonProps) {
  return (
    <button
      type="button"
      className="btn icon"
      aria-label={label}
      title={refusal ?? label}
      aria-disabled={refusal ? true : undefined}
      tabIndex={tabIndex}
      onClick={refusal ? undefined : onClick}
    >
      {children}
    </button>
  );
}

function LastError({ job }: { job: Job }) {
  if (job.last_error === null) return <span className="faint">none</span>;
  const type = job.error?.type ?? '';
  return (
    <>
      <span className={job.status === 'FAILED' ? 'c-failed' : 'dim'}>{type}</span>{' '}
      <span className="faint" title={job.last_error}>
        {job.last_error}
      </span>
    </>
  );
}
