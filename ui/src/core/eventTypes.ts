/** The types of event that there are, in the order in which they are listed: what most jobs go through comes first. */
export const EVENT_TYPES: readonly string[] = [
  'Created',
  'Attempted',
  'Succeeded',
  'Failed',
  'RetryScheduled',
  'DeadLettered',
  'Cancelled',
  'Requeued',
  'Rescheduled',
  'Released',
  'Extended',
  'Progressed',
  'CancelRequested',
  'Discarded',
  'ServerStarted',
  'QueuePaused',
  'QueueResumed',
  'QueueLimited',
  'PolicySet',
  'RulesSet',
  'WorkerSeen',
  'WorkerQuieted',
  'WorkerLost',
  'ResultRefused',
  'BatchOpened',
  'BatchCommitted',
  'BatchEnded',
  'ClockAdvanced',
  'Purged',
  'Forked',
  'FaultRuleSet',
  'FaultRuleRemoved',
  'FaultInjected',
];

export const isEventType = (name: string): boolean => EVENT_TYPES.includes(name);

const inOrder = (names: readonly string[]): readonly string[] =>
  EVENT_TYPES.filter((type) => names.includes(type));

/** Of names with commas between them the types, each once, always in the same order; what is no type is left out. */
export const eventTypesOf = (text: string): readonly string[] => inOrder(text.split(','));

/** With the type where it was not among them, without it where it was. */
export const withToggled = (types: readonly string[], type: string): readonly string[] =>
  types.includes(type) ? types.filter((each) => each !== type) : inOrder([...types, type]);
