export const keys = {
  stats: ['stats'] as const,
  job: (id: number) => ['job', id] as const,
  events: (id: number) => ['events', id] as const,
};
