import type { Timeline } from '../../core/lanes';
import type { Scale } from '../../core/scale';
import { coarse, ticking } from '../../core/time';
import { useNowWord } from '../past/context';

const ROOM = 0.07;

/** Where attempts began, with true times whatever the scale, and where now is. */
export function Axis({ timeline, scale, now }: { timeline: Timeline; scale: Scale; now: number | null }) {
  const word = useNowWord();
  const nowAt = now === null ? null : scale.at(now);
  const marks: { at: number; label: string }[] = [{ at: 0, label: '0 s' }];
  for (const lane of timeline.past) {
    const at = scale.at(lane.startedAt);
    const isFree = at - (marks.at(-1)?.at ?? 0) >= ROOM && (nowAt === null || Math.abs(nowAt - at) >= ROOM);
    if (isFree) marks.push({ at, label: ticking(lane.startedAt - timeline.start) });
  }
  const isLate = (nowAt ?? 0) > 0.88;
  return (
    <div className="over" aria-hidden="true">
      {marks.map((mark) => (
        <span className="tk" key={mark.label} style={{ left: `${mark.at * 100}%` }}>
          <em>{mark.label}</em>
        </span>
      ))}
      {now !== null && nowAt !== null && (
        <span className={isLate ? 'nw late' : 'nw'} style={{ left: `${nowAt * 100}%` }}>
          <em data-word={word}>
            {word}, {coarse(now - timeline.start)} in
          </em>
        </span>
      )}
    </div>
  );
}
