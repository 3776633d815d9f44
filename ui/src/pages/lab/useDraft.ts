import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LabRunResult } from '../../api/lab';
import { AS_WRITTEN, bodyOf, choiceOf, codeOf, NO_SIDE, type RunOrder } from '../../core/labPolicy';
import { type Reading, readScenario } from '../../core/scenario';
import { useStable } from '../../ui/useStable';
import { FIRST, FIRST_B, POLICIES, SCENARIOS } from './examples';

// What is being composed. An example, its seed and its policies are in the address; a text of one's own is kept for this tab, until it is
// run: then the server has it.

const KEPT = 'retrylab.lab';
const OWN = 'own';

export interface Draft {
  text: string;
  seed: string;
  a: string;
  b: string;
}

export interface Composer {
  draft: Draft;
  reading: Reading;
  /** The example that the text is, untouched. */
  example: string | null;
  change(change: Partial<Draft>): void;
  /** Another scenario: a policy that only the old one had is none any more. */
  choose(text: string): void;
  swap(): void;
  /** Takes over what a run was of. */
  adopt(run: LabRunResult): void;
  /** Whether a run was of something else. */
  differs(run: LabRunResult): boolean;
  /** What is sent; null: something cannot be read. */
  order(): RunOrder | null;
}

export interface LabParameters {
  scenario?: string;
  seed?: string;
  a?: string;
  b?: string;
  job?: string;
}

export function keptText(): string | null {
  try {
    return sessionStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

function keep(text: string): void {
  try {
    sessionStorage.setItem(KEPT, text);
  } catch {
    // It lives as long as the page.
  }
}

function draftFrom(search: LabParameters): Draft {
  const own = search.scenario === OWN ? keptText() : null;
  return {
    text: own ?? SCENARIOS[search.scenario ?? FIRST] ?? SCENARIOS[FIRST] ?? '',
    seed: search.seed ?? '',
    a: search.a ?? AS_WRITTEN,
    b: search.b ?? FIRST_B,
  };
}

const addressOf = ({ scenario, seed, a, b }: LabParameters): string =>
  JSON.stringify({ scenario, seed, a, b });

const exampleOf = (text: string): string | null =>
  Object.entries(SCENARIOS).find(([, each]) => each === text)?.[0] ?? null;

function parametersOf(draft: Draft): LabParameters {
  const example = exampleOf(draft.text);
  if (example === null) keep(draft.text);
  return {
    scenario: example === FIRST ? undefined : (example ?? OWN),
    seed: draft.seed || undefined,
    a: draft.a === AS_WRITTEN ? undefined : draft.a,
    b: draft.b === FIRST_B ? undefined : draft.b,
  };
}

/** `isRun`: the address is that of a run, which says all by itself. */
export function useDraft(isRun: boolean): Composer {
  const search = useSearch({ strict: false }) as LabParameters;
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => draftFrom(search));
  // The address leads where it was not this page that wrote it.
  const address = isRun ? null : addressOf(search);
  const written = useRef(address);
  useEffect(() => {
    if (address === written.current) return;
    written.current = address;
    if (address !== null) setDraft(draftFrom(JSON.parse(address) as LabParameters));
  }, [address]);
  const reading = useMemo(() => readScenario(draft.text), [draft.text]);
  const change = useStable((part: Partial<Draft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    const parameters = parametersOf(next);
    if (isRun) return;
    written.current = addressOf(parameters);
    void navigate({ to: '/lab', search: parameters, replace: true });
  });
  const adopt = useStable((run: LabRunResult): void => {
    const own = readScenario(run.scenario).form?.seed || '1';
    setDraft({
      text: run.scenario,
      seed: String(run.seed) === own ? '' : String(run.seed),
      a: codeOf(run.a, POLICIES),
      b: codeOf(run.b, POLICIES),
    });
  });
  const choose = (text: string): void => {
    const policies = readScenario(text).form?.policies ?? [];
    const kept = (code: string): string =>
      code === NO_SIDE || choiceOf(code, POLICIES, policies) ? code : AS_WRITTEN;
    change({ text, seed: '', a: kept(draft.a), b: kept(draft.b) });
  };
  const named = reading.form?.policies ?? [];
  const order = (): RunOrder | null => {
    const a = choiceOf(draft.a, POLICIES, named);
    const b = draft.b === NO_SIDE ? null : choiceOf(draft.b, POLICIES, named);
    if (!a || (!b && draft.b !== NO_SIDE)) return null;
    const body: RunOrder = { scenario: draft.text, a: bodyOf(a, draft.a) };
    if (b) body.b = bodyOf(b, draft.b);
    if (draft.seed.trim() !== '') body.seed = Number(draft.seed);
    return body;
  };
  return {
    draft,
    reading,
    example: exampleOf(draft.text),
    change,
    choose,
    swap: () => draft.b !== NO_SIDE && change({ a: draft.b, b: draft.a }),
    adopt,
    differs: (run) =>
      draft.text !== run.scenario ||
      draft.a !== codeOf(run.a, POLICIES) ||
      draft.b !== codeOf(run.b, POLICIES) ||
      Number(draft.seed || reading.form?.seed || 1) !== run.seed,
    order,
  };
}
