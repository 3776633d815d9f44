import type { Slot } from '../../api/history';
import { EVENT_TYPES } from '../../core/eventTypes';

interface EventType {
  type: string;
  /** How many there were in a slot. */
  count(slot: Slot): number;
}

export const COUNTED_TYPES: readonly EventType[] = [
  { type: 'Created', count: (slot) => slot.created },
  { type: 'Attempted', count: (slot) => slot.attempted },
  { type: 'Succeeded', count: (slot) => slot.succeeded },
  { type: 'Failed', count: (slot) => slot.failed },
  { type: 'RetryScheduled', count: (slot) => slot.retried },
  { type: 'DeadLettered', count: (slot) => slot.dead_lettered },
];

export const OTHER_TYPES = EVENT_TYPES.filter(
  (type) => !COUNTED_TYPES.some((counted) => counted.type === type),
);

export const othersIn = (slot: Slot): number => slot.cancelled + slot.other;

export const eventsIn = (slot: Slot): number =>
  othersIn(slot) + COUNTED_TYPES.reduce((sum, { count }) => sum + count(slot), 0);
