export const keys = {
  stats: ['stats'] as const,
  clockKind: ['clock-kind'] as const,
  workers: ['workers'] as const,
  queues: ['queues'] as const,
  /** How full the queues were, looked at every so many milliseconds. */
  depths: (stepMs: number) => ['depths', stepMs] as const,
  /** The same up to a round time of the past. */
  depthsThen: (stepMs: number, last: number) => ['depths-then', stepMs, last] as const,
  queuesAt: (time: number) => ['queues-at', time] as const,
  /** How many events the hour before a minute had. */
  hourBefore: (minute: number) => ['hour-before', minute] as const,
  queueJobs: (name: string) => ['queue-jobs', name] as const,
  queueJobsThen: (name: string, at: string) => ['queue-jobs-then', name, at] as const,
  oldestQueued: (name: string) => ['oldest-queued', name] as const,
  policies: ['policies'] as const,
  actions: ['actions'] as const,
  action: (id: string) => ['action', id] as const,
  deadLetters: ['dead-letters'] as const,
  stillRetrying: (error: string) => ['still-retrying', error] as const,
  running: ['running'] as const,
  /** How long jobs of a type usually run. */
  usual: (type: string) => ['usual', type] as const,
  lostWith: (worker: string, seq: number) => ['lost-with', worker, seq] as const,
  batch: (id: string) => ['batch', id] as const,
  job: (id: number) => ['job', id] as const,
  jobType: (id: number) => ['job-type', id] as const,
  logStart: ['log-start'] as const,
  logMap: (resolution: string, from: number) => ['log-map', resolution, from] as const,
  latestEvents: ['latest-events'] as const,
  /** As of a moment, as the address has it. */
  jobThen: (id: number, at: string) => ['job-then', id, at] as const,
  listThen: (at: string, list: string, limit: number) => ['list-then', at, list, limit] as const,
  historyThen: (resolution: string, from: number, to: number) =>
    ['history-then', resolution, from, to] as const,
  why: (id: number) => ['why', id] as const,
  counts: (query: string) => ['counts', query] as const,
  creation: (query: string) => ['creation', query] as const,
  viewCount: (query: string) => ['viewCount', query] as const,
  labRuns: ['lab-runs'] as const,
  labRun: (id: string) => ['lab-run', id] as const,
  labJob: (id: number, job: number) => ['lab-job', id, job] as const,
  events: (id: number) => ['events', id] as const,
};
