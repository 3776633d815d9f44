import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../api/client';
import { type LabRunResult, serverTime } from '../../api/lab';
import { type HistoryDraft, historyBody, historyDraft, isSameHistory, lately } from '../../core/labHistory';
import { AS_WRITTEN, bodyOf, choiceOf, codeOf, NO_SIDE, type RunOrder } from '../../core/labPolicy';
import { type Reading, readScenario } from '../../core/scenario';
import { toast } from '../../ui/toasts';
import { useStable } from '../../ui/useStable';
import { FIRST, FIRST_B, POLICIES, SCENARIOS } from './examples';

// What is being composed. An example, its seed and its policies are in the address; a text of one's own is kept for this tab, until it is
// run: then the server has it.

const KEPT = 'retrylab.lab';
const OWN = 'own';
const LOG = 'log';
const FIRST_MINUTES = 60;

export interface Draft {
  text: string;
  seed: string;
  a: string;
  b: string;
  /** Jobs that really came, in place of the text. */
  history: HistoryDraft | null;
}

export interface Composer {
  draft: Draft;
  reading: Reading;
  /** The example that the text is, untouched. */
  example: string | null;
  change(change: Partial<Draft>): void;
  /** Another scenario: a policy that only the old one had is none any more. */
  choose(text: string): void;
  /** What the server recorded. */
  chooseHistory(): void;
  changeHistory(part: Partial<HistoryDraft>): void;
  /** So many minutes of it, until now. */
  chooseLast(minutes: number): void;
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
  from?: string;
  to?: string;
  queues?: string;
  slots?: string;
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

const historyFrom = ({ from = '', to = '', queues = '', slots = '' }: LabParameters): HistoryDraft => ({
  from,
  to,
  queues,
  slots: /^[1-9]\d{0,5}$/.test(slots) ? slots : '',
});

function draftFrom(search: LabParameters): Draft {
  const own = search.scenario === OWN ? keptText() : null;
  return {
    text: own ?? SCENARIOS[search.scenario ?? FIRST] ?? SCENARIOS[FIRST] ?? '',
    seed: search.seed ?? '',
    a: search.a ?? AS_WRITTEN,
    b: search.b ?? FIRST_B,
    history: search.scenario === LOG ? historyFrom(search) : null,
  };
}

const addressOf = ({ scenario, seed, a, b, from, to, queues, slots }: LabParameters): string =>
  JSON.stringify({ scenario, seed, a, b, from, to, queues, slots });

const exampleOf = (text: string): string | null =>
  Object.entries(SCENARIOS).find(([, each]) => each === text)?.[0] ?? null;

function parametersOf(draft: Draft): LabParameters {
  const example = exampleOf(draft.text);
  if (example === null) keep(draft.text);
  const { from, to, queues, slots } = draft.history ?? {};
  return {
    scenario: draft.history ? LOG : example === FIRST ? undefined : (example ?? OWN),
    seed: draft.seed || undefined,
    a: draft.a === AS_WRITTEN ? undefined : draft.a,
    b: draft.b === FIRST_B ? undefined : draft.b,
    from: from || undefined,
    to: to || undefined,
    queues: queues || undefined,
    slots: slots || undefined,
  };
}

function isOfOther({ text, history }: Draft, run: LabRunResult): boolean {
  if (!history || !run.history) return history !== null || run.history !== null || text !== run.scenario;
  // How many slots there were is found out by the run.
  const was = historyDraft(run.history);
  return !isSameHistory({ ...history, slots: history.slots || was.slots }, was);
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
  const changeHistory = useStable((part: Partial<HistoryDraft>): void => {
    if (draft.history) change({ history: { ...draft.history, ...part } });
  });
  const adopt = useStable((run: LabRunResult): void => {
    const own = (!run.history && readScenario(run.scenario).form?.seed) || '1';
    setDraft({
      text: run.history ? draft.text : run.scenario,
      history: run.history && historyDraft(run.history),
      seed: String(run.seed) === own ? '' : String(run.seed),
      a: codeOf(run.a, POLICIES),
      b: codeOf(run.b, POLICIES),
    });
  });
  const choose = (text: string): void => {
    const policies = readScenario(text).form?.policies ?? [];
    const kept = (code: string): string =>
      code === NO_SIDE || choiceOf(code, POLICIES, policies) ? code : AS_WRITTEN;
    change({ text, history: null, seed: '', a: kept(draft.a), b: kept(draft.b) });
  };
  const chooseLast = async (minutes: number): Promise<void> => {
    try {
      const time = lately(minutes, await serverTime());
      changeHistory(time);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast(error.message, { tone: 'bad' });
    }
  };
  const chooseHistory = (): void => {
    const kept = (code: string): string =>
      code === NO_SIDE || choiceOf(code, POLICIES, []) ? code : AS_WRITTEN;
    const history = { from: '', to: '', queues: '', slots: '' };
    change({ history, seed: '', a: kept(draft.a), b: kept(draft.b) });
    void chooseLast(FIRST_MINUTES);
  };
  const named = draft.history ? [] : (reading.form?.policies ?? []);
  const order = (): RunOrder | null => {
    const a = choiceOf(draft.a, POLICIES, named);
    const b = draft.b === NO_SIDE ? null : choiceOf(draft.b, POLICIES, named);
    if (!a || (!b && draft.b !== NO_SIDE)) return null;
    const body: RunOrder = { a: bodyOf(a, draft.a) };
    if (draft.history) body.history = historyBody(draft.history);
    else body.scenario = draft.text;
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
    chooseHistory,
    changeHistory,
    chooseLast,
    swap: () => draft.b !== NO_SIDE && change({ a: draft.b, b: draft.a }),
    adopt,
    differs: (run) =>
      isOfOther(draft, run) ||
      draft.a !== codeOf(run.a, POLICIES) ||
      draft.b !== codeOf(run.b, POLICIES) ||
      Number(draft.seed || (!draft.history && reading.form?.seed) || 1) !== run.seed,
    order,
  };
}
