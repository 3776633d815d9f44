/** The ways in which an attempt ends, from the foot of a bar to its top. */
export const OUTCOMES = [
  { name: 'succeeded', words: 'Succeeded', tone: 'succeeded' },
  { name: 'retried', words: 'Failed, will retry', tone: 'retrying' },
  { name: 'lost', words: 'Failed for good', tone: 'failed' },
] as const;
