import type { JsonObject } from '../api/types';

// The deterministic controls that the simulator reads in a payload. `force` wins over `sequence`, `sequence` over `fail_times`,
// and each of them over `success_rate`.

export type Outcome = 'success' | 'fail' | 'timeout' | 'crash';
export const OUTCOMES: readonly Outcome[] = ['success', 'fail', 'timeout', 'crash'];
export const CONTROLS = ['force', 'sequence', 'fail_times', 'success_rate', 'seed', 'duration_ms'] as const;
export const DEFAULT_RATE = 0.8;
export const DEFAULT_DURATION_MS = 500;

export type Plan =
  | { kind: 'always'; outcome: 'success' | 'fail' }
  | { kind: 'sequence'; steps: Outcome[] }
  | { kind: 'failTimes'; times: number }
  | { kind: 'random'; rate: number; seed: number | null };

const isOutcome = (value: unknown): value is Outcome => OUTCOMES.includes(value as Outcome);

export function readPlan(payload: JsonObject): Plan {
  const { force, sequence, fail_times: times, success_rate: rate, seed } = payload;
  if (force === 'success' || force === 'fail') return { kind: 'always', outcome: force };
  if (Array.isArray(sequence) && sequence.length > 0 && sequence.every(isOutcome)) {
    return { kind: 'sequence', steps: sequence as Outcome[] };
  }
  if (typeof times === 'number') return { kind: 'failTimes', times };
  return {
    kind: 'random',
    rate: typeof rate === 'number' ? rate : DEFAULT_RATE,
    seed: typeof seed === 'number' ? seed : null,
  };
}

export function plannedDuration(payload: JsonObject): number {
  return typeof payload.duration_ms === 'number' ? payload.duration_ms : DEFAULT_DURATION_MS;
}

/** What the plan fixes for attempt `n`, or null when it is left to chance. */
export function outcomeOf(plan: Plan, n: number): Outcome | null {
  switch (plan.kind) {
    case 'always':
      return plan.outcome;
    case 'sequence':
      return plan.steps[Math.min(n, plan.steps.length) - 1] ?? null;
    case 'failTimes':
      return n <= plan.times ? 'fail' : 'success';
    case 'random':
      if (plan.rate >= 1) return 'success';
      return plan.rate <= 0 ? 'fail' : null;
  }
}

/** The outcomes to show as a row of steps; empty when chance decides. */
export function planSteps(plan: Plan, attempts: number): Outcome[] {
  const steps: Outcome[] = [];
  for (let n = 1; n <= attempts; n++) {
    const outcome = outcomeOf(plan, n);
    if (outcome === null) return [];
    steps.push(outcome);
    if (outcome === 'success') break;
  }
  return steps;
}
