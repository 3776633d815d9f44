import type { KeptFrom } from '../../core/between';
import { clockOrDate, type Zone } from '../../core/time';
import { type Stretch, shareOf } from '../../core/timeline';
import { useZone } from '../../ui/preferences';

/** The same in words, for where the picture is not seen. */
export function PurgedWords({ kept, now }: { kept: KeptFrom | null; now: number }) {
  const zone = useZone();
  return kept && <p className="sr">{wordsOf(kept, zone, now)}</p>;
}

const wordsOf = ({ from }: KeptFrom, zone: Zone, now: number): string =>
  `events before ${clockOrDate(from, zone, now)} are purged`;

interface PurgedProps {
  kept: KeptFrom | null;
  stretch: Stretch;
  now: number;
  isSmall?: boolean;
}

/** Hatches the part of a stretch of the log whose jobs have left it: it has counts of them, and no events. */
export function Purged({ kept, stretch, now, isSmall = false }: PurgedProps) {
  const zone = useZone();
  if (!kept) return null;
  const [left, right] = [kept.began, kept.from].map((at) =>
    Math.min(1, Math.max(0, shareOf(stretch, at))),
  ) as [number, number];
  if (right <= 0 || left >= 1) return null;
  const words = wordsOf(kept, zone, now);
  return (
    <>
      <span
        className="purged"
        style={{ left: `${left * 100}%`, width: `${(right - left) * 100}%` }}
        title={words}
        aria-hidden="true"
      />
      {!isSmall && (
        <span
          className="purgedl num"
          aria-hidden="true"
          style={left < 0.6 ? { left: `${left * 100}%` } : { right: `${(1 - right) * 100}%` }}
        >
          {words}
        </span>
      )}
    </>
  );
}
