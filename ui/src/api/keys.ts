export const keys = {
  stats: ['stats'] as const,
  workers: ['workers'] as const,
  queues: ['queues'] as const,
  actions: ['actions'] as const,
  deadLetters: ['dead-letters'] as const,
  running: ['running'] as const,
  batch: (id: string) => ['batch', id] as const,
  job: (id: number) => ['job', id] as const,
  why: (id: number) => ['why', id] as const,
  counts: (query: string) => ['counts', query] as const,
  viewCount: (query: string) => ['viewCount', query] as const,
  events: (id: number) => ['events', id] as const,
};
