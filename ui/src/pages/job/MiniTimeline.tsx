import { useMemo } from 'react';
import type { Job, JobEvent } from '../../api/types';
import { buildTimeline } from '../../core/lanes';
import { makeScale, wantsCompression } from '../../core/scale';
import { isEnded } from '../../core/status';
import { useNow } from '../../ui/clock';
import { Axis } from './Axis';
import { PastLaneRow, PlannedLaneRow } from './Lanes';
import './timeline.css';

const MOST_PAST = 6;
const MOST_PLANNED = 3;
const nothing = (): void => {};

/** The newest lanes of the present generation, for where there is little room. */
export function MiniTimeline({ job, events }: { job: Job; events: readonly JobEvent[] }) {
  const isMoving = !isEnded(job.status) && job.status !== 'SCHEDULED';
  const now = useNow(isMoving);
  const timeline = useMemo(() => {
    const whole = buildTimeline(job, events, job.generation, now);
    const past = whole.past.slice(-MOST_PAST);
    const start = past[0]?.queuedAt ?? whole.start;
    return { ...whole, start, past, planned: whole.planned.slice(0, MOST_PLANNED) };
  }, [job, events, now]);
  const compress = wantsCompression(timeline, now);
  const scale = useMemo(() => makeScale(timeline, now, compress), [timeline, now, compress]);
  if (timeline.past.length + timeline.planned.length === 0)
    return <p className="faint">No attempt was made.</p>;
  return (
    <div className="lanebox mini">
      <div className="lanes">
        <ol>
          {timeline.past.map((lane) => (
            <PastLaneRow
              key={lane.seq}
              lane={lane}
              scale={scale}
              now={now}
              isCurrent={false}
              gapBefore={0}
              onShowAll={nothing}
              onChoose={nothing}
            />
          ))}
          {timeline.planned.map((lane) => (
            <PlannedLaneRow
              key={lane.attempt}
              lane={lane}
              scale={scale}
              isScheduled={job.status === 'SCHEDULED' || job.status === 'RETRYING'}
            />
          ))}
        </ol>
        <Axis timeline={timeline} scale={scale} now={isMoving ? now : null} />
      </div>
    </div>
  );
}
