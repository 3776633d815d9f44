import type { Resolution, Slot } from '../api/history';
import type { JobEvent } from '../api/types';
import { type EventBar, eventBars, slotMs } from './history';
import { brief } from './json';

// The stretch of time above which the playhead moves.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export type Span = '15m' | '1h' | '6h' | '24h';

export const SPANS: readonly Span[] = ['15m', '1h', '6h', '24h'];

interface SpanPlan {
  spanMs: number;
  resolution: Resolution;
  barMs: number;
  words: string;
}

const PLANS: Record<Span, SpanPlan> = {
  '15m': { spanMs: 15 * MINUTE, resolution: 'second', barMs: 5 * SECOND, words: '15 min' },
  '1h': { spanMs: HOUR, resolution: 'minute', barMs: MINUTE, words: '1 h' },
  '6h': { spanMs: 6 * HOUR, resolution: 'minute', barMs: 3 * MINUTE, words: '6 h' },
  '24h': { spanMs: 24 * HOUR, resolution: 'minute', barMs: 10 * MINUTE, words: '24 h' },
};

export const isSpan = (text: string | undefined): text is Span =>
  (SPANS as readonly string[]).includes(text ?? '');

export const spanPlan = (span: Span): SpanPlan => PLANS[span];

/** The next wider or narrower stretch, if there is one. */
export const zoomed = (span: Span, by: 1 | -1): Span | undefined => SPANS[SPANS.indexOf(span) + by];

export interface Stretch {
  from: number;
  to: number;
}

/** What is shown: up to now in whole bars, or up to a given end. */
export function stretchOf(span: Span, end: number | null, now: number): Stretch {
  const { spanMs, barMs } = PLANS[span];
  const to = end ?? (Math.floor(now / barMs) + 1) * barMs;
  return { from: to - spanMs, to };
}

/** The end of a stretch in which `time` lies: the given one where it does, else around it, but not beyond now. */
export function endAround(span: Span, end: number | null, time: number, now: number): number {
  const { from, to } = stretchOf(span, end, now);
  if (time >= from && time <= to) return to;
  const newest = stretchOf(span, null, now).to;
  return Math.min(newest, Math.round(time + PLANS[span].spanMs / 2));
}

/** So long the server keeps any slots, and so many bars of the whole log there are about. */
const KEPT_MS = 31 * 24 * HOUR;
const MAP_BARS = 180;

export interface MapPlan extends Stretch {
  resolution: Resolution;
  barMs: number;
}

/** The whole log in whole bars, as far back as there are slots; null for one so short that a track shows all of it. */
export function mapPlan(first: number, now: number): MapPlan | null {
  const age = Math.min(now - first, KEPT_MS - HOUR);
  if (age < HOUR) return null;
  const resolution: Resolution = age <= 6 * HOUR ? 'minute' : 'hour';
  const size = slotMs(resolution);
  const barMs = Math.ceil(age / MAP_BARS / size) * size;
  return {
    from: Math.floor((now - age) / barMs) * barMs,
    to: (Math.floor(now / barMs) + 1) * barMs,
    resolution,
    barMs,
  };
}

/** The finest slots that are still kept for a stretch, and the bars to make of them. */
export function slotsFor(span: Span, from: number, now: number): { resolution: Resolution; barMs: number } {
  const { resolution, barMs } = PLANS[span];
  const age = now - from;
  const kept: Resolution = age < HOUR ? 'second' : age < 24 * HOUR + MINUTE ? 'minute' : 'hour';
  const coarser = slotMs(kept) > slotMs(resolution) ? kept : resolution;
  return { resolution: coarser, barMs: Math.max(barMs, slotMs(coarser)) };
}

export interface TrackBar extends EventBar {
  /** Where it begins, in shares of the stretch. */
  share: number;
}

export function trackBars(slots: readonly Slot[], { from, to }: Stretch, barMs: number): TrackBar[] {
  const first = Math.floor(from / barMs) * barMs;
  const bars = eventBars(slots, first, Math.ceil((to - first) / barMs), barMs);
  return bars.map((bar) => ({ ...bar, share: (bar.at - from) / (to - from) }));
}

export const shareOf = ({ from, to }: Stretch, time: number): number => (time - from) / (to - from);

/** The time under the pointer; what lies beyond now is now. */
export const timeAt = ({ from, to }: Stretch, share: number, now: number): number =>
  Math.min(now, Math.round(from + Math.min(1, Math.max(0, share)) * (to - from)));

/** The same end of a stretch of another length, so that what is under the pointer stays there. */
export const endUnder = (span: Span, time: number, share: number, now: number): number =>
  Math.min(stretchOf(span, null, now).to, Math.round(time + (1 - share) * PLANS[span].spanMs));

/** How far one step goes. */
export type StepUnit = 'event' | 'second' | 'minute';

export const STEP_UNITS: readonly StepUnit[] = ['event', 'second', 'minute'];

export const stepMs = (unit: Exclude<StepUnit, 'event'>): number => (unit === 'second' ? SECOND : MINUTE);

/** The event to stand on after so many steps; beyond the events at hand the numbers are counted on. */
export function stepFrom(events: readonly JobEvent[], seq: number, by: number, newest: number): number {
  const place = events.findLastIndex((event) => event.seq <= seq);
  const found = place < 0 ? undefined : events[place + by];
  return found?.seq ?? Math.min(newest, Math.max(0, seq + by));
}

export interface Flag {
  seq: number;
  time: number;
  text: string;
  type: string;
  /** The queue, policy, worker or rule that it is about. */
  of: string;
}

const name = (event: JobEvent, field: string): string => brief(event.data[field]);

const fault = (event: JobEvent): string => name(event, 'kind').replaceAll('_', ' ');

const WORDS: Record<string, (event: JobEvent) => string> = {
  ServerStarted: () => 'server started',
  QueuePaused: (event) => `${name(event, 'queue')} paused`,
  QueueResumed: (event) => `${name(event, 'queue')} resumed`,
  QueueLimited: (event) =>
    event.data.concurrency == null
      ? `${name(event, 'queue')} without limit`
      : `${name(event, 'queue')} limited to ${name(event, 'concurrency')}`,
  PolicySet: (event) => `policy ${name(event, 'name')} set`,
  RulesSet: () => 'retry rules set',
  WorkerSeen: (event) => `${name(event, 'worker')} joined`,
  WorkerQuieted: (event) => `${name(event, 'worker')} quiet`,
  WorkerLost: (event) => `${name(event, 'worker')} lost`,
  ClockAdvanced: () => 'clock moved',
  Purged: () => 'old jobs left the log',
  Forked: (event) => `fork of another log at event ${name(event, 'last')}`,
  FaultRuleSet: (event) => `fault rule ${name(event, 'name')} set: ${fault(event)}`,
  FaultRuleRemoved: (event) => `fault rule ${name(event, 'name')} removed`,
};

/** An event of the system that changed how everything else runs; null for the others. */
export function flagOf(event: JobEvent, time: number): Flag | null {
  const words = WORDS[event.type];
  if (!words) return null;
  const subject = ['queue', 'worker', 'name'].find((field) => event.data[field] != null);
  return {
    seq: event.seq,
    time,
    text: words(event),
    type: event.type,
    of: subject ? name(event, subject) : '',
  };
}

export interface FlagGroup {
  share: number;
  flags: Flag[];
  /** How much room there is for words to the right. */
  room: number;
}

/** The flags in a stretch; those that are closer than `apart` share a place. */
export function flagGroups(flags: readonly Flag[], stretch: Stretch, apart: number): FlagGroup[] {
  const groups: FlagGroup[] = [];
  for (const flag of flags) {
    const share = shareOf(stretch, flag.time);
    if (share < 0 || share > 1) continue;
    const last = groups.at(-1);
    if (last && share - last.share < apart) last.flags.push(flag);
    else groups.push({ share, flags: [flag], room: 0 });
  }
  return groups.map((group, i) => ({ ...group, room: (groups[i + 1]?.share ?? 1) - group.share }));
}
