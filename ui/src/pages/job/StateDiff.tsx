import { ChevronRight } from 'lucide-react';
import { useMemo } from 'react';
import type { JobEvent, Json } from '../../api/types';
import { brief } from '../../core/json';
import { type Change, changesOf, FIELD_COUNT, type JobState } from '../../core/reducer';
import { isStatus } from '../../core/status';
import { clock, millis } from '../../core/time';
import { useZone } from '../../ui/preferences';

const TIMES: ReadonlySet<keyof JobState> = new Set(['next_attempt_at', 'finished_at']);

/** Time travel for one job: what the chosen event changed. */
export function StateDiff({ events, chosen }: { events: readonly JobEvent[]; chosen: number }) {
  const changes = useMemo(() => changesOf(events, chosen), [events, chosen]);
  const event = events[chosen];
  if (!event) return null;
  return (
    <section className="diff" aria-labelledby="h-diff">
      <div className="hd">
        <h2 id="h-diff">State after event {chosen + 1}</h2>
        <span className="grow" />
        <span className="sub mono">
          {event.type} {event.seq}
        </span>
      </div>
      <dl className="df">
        {changes.map((change) => (
          <div key={change.field}>
            <dt>{change.field}</dt>
            <ChangeWords change={change} isFirst={chosen === 0} />
          </div>
        ))}
      </dl>
      <p className="same faint">
        {changes.length === 0 ? 'nothing changed' : `${FIELD_COUNT - changes.length} more unchanged`}
      </p>
    </section>
  );
}

function ChangeWords({ change, isFirst }: { change: Change; isFirst: boolean }) {
  const zone = useZone();
  const words = (value: Json): string =>
    TIMES.has(change.field) && typeof value === 'string' ? clock(millis(value), zone, 3) : brief(value);
  const to = words(change.to);
  const tone = change.field === 'status' && isStatus(to) ? `c-${to.toLowerCase()}` : '';
  return (
    <dd>
      {!isFirst && (
        <>
          <span className="old ellip">{words(change.from)}</span>
          <ChevronRight className="i s" role="img" aria-label="becomes" />
        </>
      )}
      <b className={`ellip ${tone}`}>{to}</b>
    </dd>
  );
}
