import { useEffect, useState, useSyncExternalStore } from 'react';
import { listJobs } from '../../api/client';
import type { JobFilter } from '../../api/types';
import { queryFromFilter } from '../../core/filter';
import type { JobOrder } from '../../core/order';
import { browserTimers } from '../../live/environment';
import type { Topic } from '../../live/frames';
import { JobList, type ListView } from '../../live/jobList';
import { paced } from '../../live/paced';
import { useServices } from '../services';

const SUBSCRIBED_ROWS = 500;
const SETTLE_MS = 200;
const DRAW_MS = 250;

interface LiveList {
  list: JobList;
  view: ListView;
  initialScroll: number;
}

/** The rows of a filter, fed by the stream; the list that was left last is taken up again. */
export function useJobList(filter: JobFilter, order: JobOrder): LiveList {
  const { live, memory } = useServices();
  const [{ list, initialScroll }] = useState(() => {
    const key = `${order} ${queryFromFilter(filter)}`;
    const kept = memory.list?.key === key ? memory.list : null;
    const opened =
      kept?.list ??
      new JobList(filter, (cursor, signal) => listJobs(filter, cursor, signal, order), browserTimers, order);
    memory.list = { key, list: opened, scrollTop: kept?.scrollTop ?? 0 };
    return { list: opened, initialScroll: memory.list.scrollTop };
  });
  const [listen] = useState(() => paced(list.onChange, DRAW_MS));
  const view = useSyncExternalStore(listen, list.getView);
  useEffect(() => {
    list.open();
    const stop = live.onBatch((batch) => {
      if (batch.reset) void list.refresh();
      if (batch.jobs.size > 0) list.apply([...batch.jobs.values()].map((job) => job.value));
    });
    return () => {
      stop();
      list.close();
    };
  }, [list, live]);
  return { list, view, initialScroll };
}

/** Tells the server which jobs this page shows: those of the filter, and the rows around the ones in view. */
export function useListSubscription(filter: JobFilter, order: readonly number[], firstInView: number): void {
  const { live } = useServices();
  const from = Math.max(0, Math.floor(firstInView / 100) * 100 - 200);
  const ids = order.slice(from, from + SUBSCRIBED_ROWS);
  const shown = ids.join(',');
  useEffect(() => {
    const isNarrowed = queryFromFilter(filter) !== '';
    const jobs = shown === '' ? [] : shown.split(',').map(Number);
    const timer = window.setTimeout(() => {
      live.subscribe({
        subscribe: ['jobs', 'stats'] satisfies Topic[],
        ...(isNarrowed && {
          filter: {
            ...(filter.status.length > 0 && { status: filter.status }),
            ...(filter.type !== null && { type: filter.type }),
            ...(filter.queue !== null && { queue: filter.queue }),
            ...(jobs.length > 0 && { jobs }),
          },
        }),
      });
    }, SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [filter, shown, live]);
}
