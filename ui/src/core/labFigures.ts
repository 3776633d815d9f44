import type { LabReport } from '../api/generated';
import { count, percent } from './numbers';
import { duration } from './time';

// The six figures of a run, A against B.

export interface Figure {
  name: string;
  hint: string;
  /** As shown, in the order of the sides. */
  values: string[];
  /** Which side does better; null: neither, or there is only one. */
  better: number | null;
}

interface Row {
  name: string;
  hint: string;
  show(report: LabReport): string;
  /** Less is better; null: it has none, which is worst. */
  cost(report: LabReport): number | null;
}

const share = ({ figures }: LabReport): number =>
  figures.jobs === 0 ? 0 : figures.by_status.SUCCEEDED / figures.jobs;
const spell = (us: number): string => duration(us / 1000);

const CALM: Row = {
  name: 'Calm again after',
  hint: 'From the end of the last outage until no more jobs are unfinished than there were before the first',
  show: ({ figures: { calm_after_us: calm }, stopped }) =>
    calm !== null ? spell(calm) : stopped ? 'not yet' : 'never',
  cost: ({ figures }) => figures.calm_after_us,
};
const UNFINISHED: Row = {
  name: 'Unfinished, at most',
  hint: 'Jobs that were created and had not ended, at any moment',
  show: ({ figures }) => count(figures.unfinished_peak),
  cost: ({ figures }) => figures.unfinished_peak,
};

const rows = (hasOutage: boolean): Row[] => [
  { name: 'Succeeded', hint: 'Of all jobs', show: (r) => percent(share(r)), cost: (r) => -share(r) },
  {
    name: 'Dead letters',
    hint: 'Jobs that used up their attempts, or may not be retried',
    show: ({ figures }) => count(figures.by_status.FAILED),
    cost: ({ figures }) => figures.by_status.FAILED,
  },
  {
    name: 'Attempts',
    hint: 'Begun in the whole run',
    show: ({ figures }) => count(figures.attempts),
    cost: ({ figures }) => figures.attempts,
  },
  {
    name: 'Peak attempts',
    hint: 'Begun in any second, wherever it begins',
    show: ({ figures }) => `${count(figures.attempts_peak)}/s`,
    cost: ({ figures }) => figures.attempts_peak,
  },
  hasOutage ? CALM : UNFINISHED,
  {
    name: 'Time to success p95',
    hint: 'Counts successes only: a policy that gives up early looks fast here',
    show: ({ figures: { time_to_success_us: time } }) => (time.count === 0 ? 'none' : spell(time.p95)),
    cost: ({ figures: { time_to_success_us: time } }) => (time.count === 0 ? null : time.p95),
  },
];

function betterOf(costs: (number | null)[]): number | null {
  const [a, b] = costs.map((cost) => cost ?? Number.POSITIVE_INFINITY);
  if (a === undefined || b === undefined || a === b) return null;
  return a < b ? 0 : 1;
}

export const figuresOf = (reports: readonly LabReport[], hasOutage: boolean): Figure[] =>
  rows(hasOutage).map(({ name, hint, show, cost }) => {
    const values = reports.map(show);
    const isSame = new Set(values).size === 1;
    return { name, hint, values, better: isSame ? null : betterOf(reports.map(cost)) };
  });
