import { useMemo, useState } from 'react';
import type { Job, JobEvent } from '../../api/types';
import { buildTimeline } from '../../core/lanes';
import { policyName, policyWords } from '../../core/policy';
import { makeScale, wantsCompression } from '../../core/scale';
import { isEnded } from '../../core/status';
import { useNow } from '../../ui/clock';
import { Segmented } from '../../ui/Segmented';
import { Axis } from './Axis';
import { PastLaneRow, PlannedLaneRow } from './Lanes';
import { foldPast, foldPlanned } from './laneFolds';
import { useLaneKeys } from './useLaneKeys';

interface TimelineSectionProps {
  job: Job;
  events: readonly JobEvent[];
  generation: number;
  scale: string | undefined;
  chosenSeq: number;
  onScale(scale: string): void;
  onGeneration(generation: number): void;
  onChoose(seq: number): void;
  /** The events of the attempt that is pointed at: from this seq on, up to that one. */
  onPoint(seqs: readonly [number, number] | null): void;
}

const SCALES = [
  ['compressed', 'Compress waits'],
  ['true', 'True scale'],
] as const;

/** One lane for each attempt: what was, and dashed what the policy and the plan say will be. */
export function TimelineSection(props: TimelineSectionProps) {
  const { job, events, generation } = props;
  const [showsAll, setShowsAll] = useState(false);
  const isMoving = generation === job.generation && !isEnded(job.status) && job.status !== 'SCHEDULED';
  const now = useNow(isMoving);
  const timeline = useMemo(() => buildTimeline(job, events, generation, now), [job, events, generation, now]);
  const isLong = wantsCompression(timeline, now);
  const compress = props.scale === undefined ? isLong : props.scale !== 'true';
  const scale = useMemo(() => makeScale(timeline, now, compress), [timeline, now, compress]);
  const { shown: past, hidden: hiddenPast } = foldPast(timeline.past, showsAll);
  const { shown: planned, hidden: hiddenPlanned } = foldPlanned(timeline.planned, showsAll);
  const chosenLane = useMemo(
    () =>
      laneOf(
        timeline.past.map((lane) => lane.seq),
        props.chosenSeq,
      ),
    [timeline, props.chosenSeq],
  );
  const laneKeys = useLaneKeys(past, chosenLane);

  return (
    <section className="tl" aria-labelledby="h-timeline">
      <div className="hd">
        <h2 id="h-timeline">Timeline</h2>
        {policyName(job.retry) !== null && <span className="sub">{policyWords(job.retry)}</span>}
        <span className="grow" />
        <Legend />
        {job.generation > 1 && (
          <Segmented
            label="Generation"
            options={generationOptions(job.generation)}
            value={String(generation)}
            onChange={(value) => props.onGeneration(Number(value))}
          />
        )}
        <Segmented
          label="Time scale"
          options={SCALES}
          value={compress ? 'compressed' : 'true'}
          onChange={props.onScale}
        />
      </div>
      <div className="lanebox">
        <div className="lanes">
          {timeline.past.length + timeline.planned.length === 0 && (
            <p className="faint none">No attempt was made.</p>
          )}
          <ol onKeyDown={laneKeys.onKeyDown}>
            {past.map((lane, i) => (
              <PastLaneRow
                key={lane.seq}
                lane={lane}
                scale={scale}
                now={now}
                isCurrent={lane.seq === chosenLane}
                gapBefore={i === 3 ? hiddenPast : 0}
                onShowAll={() => setShowsAll(true)}
                onChoose={() => props.onChoose(lane.seq)}
                keys={{ isStop: lane.seq === laneKeys.stop, onFocus: () => laneKeys.onFocus(lane.seq) }}
                onPoint={(isPointed) => props.onPoint(isPointed ? rangeOf(timeline.past, lane.seq) : null)}
              />
            ))}
            {planned.map((lane) => (
              <PlannedLaneRow
                key={lane.attempt}
                lane={lane}
                scale={scale}
                isScheduled={job.status === 'SCHEDULED' || job.status === 'RETRYING'}
              />
            ))}
          </ol>
          {hiddenPlanned > 0 && (
            <button type="button" className="link more" onClick={() => setShowsAll(true)}>
              and {hiddenPlanned} more planned
            </button>
          )}
          <Axis timeline={timeline} scale={scale} now={isMoving ? now : null} />
        </div>
      </div>
    </section>
  );
}

/** From the start of an attempt up to that of the next one. */
function rangeOf(lanes: readonly { seq: number }[], seq: number): readonly [number, number] {
  const next = lanes.find((lane) => lane.seq > seq)?.seq ?? Number.POSITIVE_INFINITY;
  return [seq, next];
}

/** The lane whose attempt the chosen event belongs to. */
const laneOf = (seqs: readonly number[], chosen: number): number | undefined =>
  seqs.findLast((seq) => seq <= chosen);

const MOST_GENERATIONS = 4;

function generationOptions(latest: number): (readonly [string, string])[] {
  const first = Math.max(1, latest - MOST_GENERATIONS + 1);
  return Array.from(
    { length: latest - first + 1 },
    (_, i) => [String(first + i), `Gen ${first + i}`] as const,
  );
}

const Legend = () => (
  <div className="legend">
    <span>
      <i className="sw line wq" />
      Queued
    </span>
    <span>
      <i className="sw wf" />
      Failed run
    </span>
    <span>
      <i className="sw wo" />
      Good run
    </span>
    <span>
      <i className="sw wsw" />
      Backoff
    </span>
    <span>
      <i className="sw gsw" />
      Planned
    </span>
  </div>
);
