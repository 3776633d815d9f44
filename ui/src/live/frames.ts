import type { Job, JobEvent, Stats, Status, WithText } from '../api/types';
import { parseExact, rawElements, rawMembers } from '../core/json';

export type Topic = 'jobs' | 'events' | 'stats';

export interface Subscription {
  subscribe: Topic[];
  filter?: { job?: number; jobs?: number[]; status?: Status[]; type?: string; queue?: string };
}

export interface Frame {
  prev: number;
  seq: number;
  hello?: boolean;
  reset?: Topic[];
  jobs: WithText<Job>[];
  events: WithText<JobEvent>[];
  stats?: Stats;
}

type RawFrame = Omit<Frame, 'jobs' | 'events'> & { jobs?: Job[]; events?: JobEvent[] };

/** Reads a frame. The texts of jobs and events are cut out only when asked for: a page of one job shows them. */
export function decodeFrame(text: string, withText: boolean): Frame {
  const raw = parseExact(text) as RawFrame;
  const members = withText ? rawMembers(text) : new Map<string, string>();
  const pair = <T>(name: string, values: T[] = []): WithText<T>[] => {
    const texts = rawElements(members.get(name) ?? '');
    return values.map((value, i) => ({ value, text: texts[i] ?? '' }));
  };
  return { ...raw, jobs: pair('jobs', raw.jobs), events: pair('events', raw.events) };
}
