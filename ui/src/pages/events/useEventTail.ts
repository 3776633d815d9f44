import { useEffect, useState, useSyncExternalStore } from 'react';
import { newestSeq, readLog } from '../../api/eventLog';
import { type EventFilter, EventTail } from '../../live/eventTail';
import { paced } from '../../live/paced';
import { type Search, useSlow } from '../jobs/search';
import { useServices } from '../services';

const RETRY_MS = 3000;
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
  useEffect(() => {
    if (!view.error) return;
    const timer = window.setTimeout(() => void tail.catchUp(), RETRY_MS);
    return () => window.clearTimeout(timer);
  }, [view.error, tail]);
  const search: Search = {
    isSlow: useSlow(!view.isLoaded && view.isReading && !view.isStopped, view.isStopped),
    isStopped: view.isStopped,
    stop: () => tail.stop(),
    again: () => void tail.again(),
  };
  return { tail, view, search };
}
