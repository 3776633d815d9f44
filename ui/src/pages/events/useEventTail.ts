import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { waitAfter } from '../../api/askAgain';
import { newestSeq, readLog } from '../../api/eventLog';
import { type EventFilter, EventTail } from '../../live/eventTail';
import { paced } from '../../live/paced';
import { type Search, useSlow } from '../jobs/search';
import { useServices } from '../services';

const DRAW_MS = 400;
const TICK_MS = 500;

/** The tail of the log for one filter, fed by the stream for as long as the page is open; or as it was, up to an event. */
export function useEventTail(filter: EventFilter, until: number | null) {
  const { live } = useServices();
  const [tail] = useState(
    () =>
      new EventTail(
        filter,
        {
          read: readLog,
          newest: until === null ? newestSeq : async () => until,
        },
        () => performance.now(),
      ),
  );
  const [listen] = useState(() => paced(tail.onChange, DRAW_MS));
  const view = useSyncExternalStore(listen, tail.getView);
  const { job } = filter;
  useEffect(() => {
    if (until !== null) {
      void tail.open();
      return;
    }
    live.subscribe({
      subscribe: ['jobs', 'events', 'stats'],
      ...(job !== null && { filter: { job } }),
    });
    void tail.open();
    return live.onBatch((batch) => {
      if (batch.reset) void tail.catchUp();
      else
        tail.apply(
          batch.events.map((event) => event.value),
          [...batch.jobs.values()].map((each) => each.value),
        );
    });
  }, [live, tail, job, until]);
  const isLive = until === null;
  useEffect(() => {
    if (!isLive) return;
    const timer = window.setInterval(() => tail.tick(), TICK_MS);
    return () => window.clearInterval(timer);
  }, [tail, isLive]);
  const retryAt = useNextTry(tail, view.error);
  const search: Search = {
    isSlow: useSlow(!view.isLoaded && view.isReading && !view.isStopped, view.isStopped),
    isStopped: view.isStopped,
    stop: () => tail.stop(),
    again: () => void tail.again(),
  };
  return { tail, view, search, retryAt };
}

/** Asks again for what failed, later each time, unless it was refused for good; says when. */
function useNextTry(tail: EventTail, error: Error | null): number | null {
  const failures = useRef(0);
  const [retryAt, setRetryAt] = useState<number | null>(null);
  useEffect(() => {
    failures.current = error ? failures.current + 1 : 0;
    const wait = error && waitAfter(error, failures.current);
    setRetryAt(wait === null ? null : Date.now() + wait);
    if (wait === null) return;
    const timer = window.setTimeout(() => void tail.catchUp(), wait);
    return () => window.clearTimeout(timer);
  }, [tail, error]);
  return retryAt;
}
