import type { GlyphName } from './Glyph';

const GLYPHS: Record<string, GlyphName> = {
  Created: 'QUEUED',
  Attempted: 'RUNNING',
  Succeeded: 'SUCCEEDED',
  Failed: 'ATTEMPT_FAILED',
  RetryScheduled: 'RETRYING',
  Rescheduled: 'RETRYING',
  DeadLettered: 'FAILED',
  Released: 'QUEUED',
  Extended: 'RUNNING',
  Progressed: 'RUNNING',
  Requeued: 'QUEUED',
  CancelRequested: 'CANCELLED',
  Cancelled: 'CANCELLED',
  Discarded: 'DISCARDED',
};

/** The mark of an event; events without one of their own are of the system. */
export const eventGlyph = (type: string): GlyphName => GLYPHS[type] ?? 'SYSTEM';
