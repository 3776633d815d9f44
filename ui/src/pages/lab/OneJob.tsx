import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronsLeft, ChevronsRight } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiError } from '../../api/client';
import { keys } from '../../api/keys';
import { getRunJob, type LabRunJob, type LabRunResult } from '../../api/lab';
import { type Lane, laneOf, type Stretch, stretchOf } from '../../core/labJob';
import { ticksWithin, virtualTime } from '../../core/labTime';
import { count, plural } from '../../core/numbers';
import { statusLabel } from '../../core/status';
import { Button, IconButton } from '../../ui/Button';
import { Glyph } from '../../ui/Glyph';
import { SideMark, sideOf } from './SideMark';

const BUSY_MS = 1000;
const TRIES = 120;

interface OneJobProps {
  run: LabRunResult;
  job: number;
  jobs: number;
  onJob(job: number): void;
}

/** What one job went through on each side. The server plays the run again to know. */
export function OneJob({ run, job, jobs, onJob }: OneJobProps) {
  const query = useQuery({
    queryKey: keys.labJob(run.id, job),
    queryFn: () => getRunJob(run.id, job),
    placeholderData: keepPreviousData,
    retry: (tries, error) => error instanceof ApiError && error.status === 503 && tries < TRIES,
    retryDelay: BUSY_MS,
  });
  const [isOpen, setOpen] = useState(false);
  const lanes = query.data?.sides.map(({ events }) => laneOf(events)) ?? [];
  const shown = query.data?.job;
  const isWaiting = query.isFetching && shown !== job;
  return (
    <section className={isWaiting ? 'one old' : 'one'} aria-labelledby="h-one">
      <header className="hd">
        <h2 id="h-one">{run.b ? 'One job under both' : 'One job'}</h2>
        {lanes[0] && (
          <span className="sub mono">
            {lanes[0].type}, created {virtualTime(lanes[0].createdAt, 1)}
          </span>
        )}
        <span className="grow" />
        <Button tone="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Events
          <ChevronDown className="i s" />
        </Button>
        <IconButton
          tone="ghost"
          label="The job before"
          refusal={job <= 1 ? 'It is the first one' : null}
          onClick={() => onJob(job - 1)}
        >
          <ChevronsLeft className="i s" />
        </IconButton>
        <JobNumber job={job} jobs={jobs} onJob={onJob} />
        <IconButton
          tone="ghost"
          label="The job after"
          refusal={job >= jobs ? 'It is the last one' : null}
          onClick={() => onJob(job + 1)}
        >
          <ChevronsRight className="i s" />
        </IconButton>
      </header>
      {query.error && !query.isFetching && (
        <p className="fault none" role="alert">
          {query.error.message}
        </p>
      )}
      {query.failureCount > 0 && query.isFetching && (
        <p className="sub none" role="status">
          Waiting for another run to end: a job is found by playing its run again.
        </p>
      )}
      {query.data && <Lanes run={run} lanes={lanes} found={query.data} isOpen={isOpen} />}
    </section>
  );
}

function JobNumber({ job, jobs, onJob }: Omit<OneJobProps, 'run'>) {
  const [typed, setTyped] = useState(String(job));
  useEffect(() => setTyped(String(job)), [job]);
  const go = (event?: FormEvent): void => {
    event?.preventDefault();
    const wanted = Number(typed);
    if (Number.isInteger(wanted) && wanted >= 1 && wanted <= jobs) onJob(wanted);
    else setTyped(String(job));
  };
  return (
    <form className="row tight sub num" onSubmit={go}>
      <label htmlFor="job-number">job</label>
      <input
        id="job-number"
        className="input num"
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        onBlur={() => go()}
      />
      <span className="nowrap">of {count(jobs)}</span>
    </form>
  );
}

interface LanesProps {
  run: LabRunResult;
  lanes: Lane[];
  found: LabRunJob;
  isOpen: boolean;
}

function Lanes({ run, lanes, found, isOpen }: LanesProps) {
  const stretch = stretchOf(lanes);
  const at = (us: number): number => ((us - stretch.from) / (stretch.to - stretch.from)) * 100;
  return (
    <>
      {lanes.map((lane, i) => (
        <div key={sideOf(i)} className="lane">
          {run.b ? <SideMark side={sideOf(i)} /> : <span />}
          <Track run={run} lane={lane} stretch={stretch} at={at} />
          <span className="num dim end">{outcome(lane)}</span>
        </div>
      ))}
      <div className="lax num" aria-hidden="true">
        {ticksWithin(stretch.from, stretch.to).map(({ share, text }) => (
          <span key={share} style={{ left: `${share * 100}%` }}>
            {text}
          </span>
        ))}
      </div>
      {isOpen && <EventLists run={run} found={found} />}
    </>
  );
}

function EventLists({ run, found }: { run: LabRunResult; found: LabRunJob }) {
  return (
    <div className="events">
      {found.sides.map(({ side, events, more }, i) => (
        <ol key={side} aria-label={run.b ? `Events under ${sideOf(i)}` : 'Events'}>
          {events.map(({ at_us, type, text }, n) => (
            <li key={n}>
              <span className="mono faint">{virtualTime(at_us, 3)}</span>
              <span className={tone(type)}>{type}</span>
              <span className="dim ellip" title={text}>
                {text}
              </span>
            </li>
          ))}
          {more > 0 && <li className="faint">and {plural(more, 'more event')}</li>}
        </ol>
      ))}
    </div>
  );
}

const tone = (type: string): string =>
  ({ Failed: 'c-failed', DeadLettered: 'c-failed', Succeeded: 'c-succeeded', RetryScheduled: 'c-retrying' })[
    type
  ] ?? '';

function outcome({ ended, marks }: Lane): string {
  const tries = plural(marks.length, 'attempt');
  if (!ended) return `not ended, ${tries}`;
  const word = ended.status === 'FAILED' ? 'dead letter' : statusLabel(ended.status).toLowerCase();
  return `${word} at ${virtualTime(ended.at)}, ${tries}`;
}

interface TrackProps {
  run: LabRunResult;
  lane: Lane;
  stretch: Stretch;
  at(us: number): number;
}

function Track({ run, lane, stretch, at }: TrackProps) {
  const { marks, ended } = lane;
  const words = marks
    .map(({ from, end }) => `${virtualTime(from, 1)} ${end === 'other' ? '' : end}`)
    .join(', ');
  return (
    <div
      className="trk"
      role="img"
      aria-label={`Created ${virtualTime(lane.createdAt, 1)}. Attempts: ${words}`}
    >
      {run.outages.map(({ from_us: from, to_us: to }, i) => {
        const [left, right] = [Math.max(0, at(from)), Math.min(100, at(to))];
        return right > 0 && left < 100 ? (
          <span key={i} className="out" style={{ left: `${left}%`, width: `${right - left}%` }} />
        ) : null;
      })}
      {marks.map((mark, i) => {
        const next = marks[i + 1];
        const end = mark.to ?? stretch.to;
        return next ? (
          <i
            key={`w${i}`}
            className="w"
            style={{ left: `${at(end)}%`, width: `${Math.max(0, at(next.from) - at(end))}%` }}
          />
        ) : null;
      })}
      {marks.map(({ from, to, end }, i) => (
        <i
          key={i}
          className={`m ${end}`}
          style={{ left: `${at(from)}%`, width: `max(5px, ${at(to ?? stretch.to) - at(from)}%)` }}
        />
      ))}
      {ended?.status === 'FAILED' && (
        <span className="last" style={{ left: `${Math.min(at(ended.at), 97)}%` }}>
          <Glyph name="FAILED" />
        </span>
      )}
    </div>
  );
}
