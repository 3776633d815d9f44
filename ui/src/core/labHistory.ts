import type { LabRun, NewLabRun } from '../api/generated';
import { clock, isoMillis, millis } from './time';
import { instantOf, offsetAt, type Zone } from './zone';

// Jobs that really came, in place of a scenario: which stretch of the server's own log is played.

/** As the address has it: times in ISO, queues with commas; empty says nothing. */
export interface HistoryDraft {
  from: string;
  to: string;
  queues: string;
  slots: string;
}

export type HistoryBody = NonNullable<NewLabRun['history']>;

export const STRETCHES = [
  ['15 min', 15],
  ['1 h', 60],
  ['6 h', 360],
  ['24 h', 1440],
] as const;

const MINUTE = 60_000;

/** The minutes until now. */
export const lately = (minutes: number, now: number): Pick<HistoryDraft, 'from' | 'to'> => ({
  from: isoMillis(now - minutes * MINUTE),
  to: isoMillis(now),
});

const namesIn = (text: string): string[] => text.split(/[\s,]+/).filter((name) => name !== '');

export const historyBody = ({ from, to, queues, slots }: HistoryDraft): HistoryBody => ({
  ...(from && { from }),
  ...(to && { to }),
  ...(namesIn(queues).length > 0 && { queues: namesIn(queues) }),
  ...(slots && { slots: Number(slots) }),
});

/** Of a run, what it was of. */
export const historyDraft = (history: NonNullable<LabRun['history']>): HistoryDraft => ({
  from: isoMillis(millis(history.from)),
  to: isoMillis(millis(history.to)),
  queues: history.queues.join(','),
  slots: String(history.slots),
});

export const isSameHistory = (a: HistoryDraft, b: HistoryDraft): boolean =>
  (Object.keys(a) as (keyof HistoryDraft)[]).every((name) => a[name] === b[name]);

/** What a field for a local time shows of an instant. */
export function wallText(iso: string, zone: Zone): string {
  const at = iso ? Date.parse(iso) : Number.NaN;
  return Number.isNaN(at) ? '' : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19);
}

/** The instant that such a field means; empty when it is. */
export function isoOfWall(text: string, zone: Zone): string {
  const wall = text ? Date.parse(`${text}Z`) : Number.NaN;
  return Number.isNaN(wall) ? '' : isoMillis(instantOf(wall, zone));
}

/** What a run is called where there are several. */
export function runName(run: Pick<LabRun, 'id' | 'name' | 'history'>, zone: Zone): string {
  if (!run.history) return run.name || `run ${run.id}`;
  const { from, to, queues } = run.history;
  const where = queues.length > 0 ? `${queues.join(', ')}, ` : '';
  return `Recorded: ${where}${clock(millis(from), zone)} to ${clock(millis(to), zone)}`;
}

/** What a choice of policies is called; those that the jobs had have no name of their own. */
export const choiceName = (run: Pick<LabRun, 'history'>, choice: { name: string } | null): string => {
  if (!choice) return '';
  return run.history && choice.name === 'scenario' ? 'as recorded' : choice.name;
};
