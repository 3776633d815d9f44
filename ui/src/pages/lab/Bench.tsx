import { useEffect, useRef } from 'react';
import { hasEnded } from '../../api/lab';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import { OFFLINE_REFUSAL, useOffline } from '../services';
import { Composer } from './Composer';
import { useDraft } from './useDraft';
import type { Run } from './useRun';

/** What is composed, as the rest of the page needs to know it. */
export interface Composed {
  name: string;
  isRecorded: boolean;
  /** Job types; 0: the text cannot be read. */
  groups: number;
  outages: number;
  checks: number;
  /** Whether it is not what the run was of that is shown. */
  isOther: boolean;
}

interface BenchProps {
  run: Run;
  onComposed(composed: Composed): void;
}

/** The composer and its keys. It comes after the page, with all that reads and writes YAML. */
export function Bench({ run, onComposed }: BenchProps) {
  const composer = useDraft(run.id !== null);
  const refusal = useRefusal(run, composer.order() === null);
  const adopted = useRef<string | null>(null);
  const { data } = run;

  // A run that was opened says what was composed; one that was begun here has it already.
  useEffect(() => {
    if (run.id === null || data === null || adopted.current === run.id) return;
    adopted.current = run.id;
    if (run.begun !== run.id) composer.adopt(data);
  }, [run.id, run.begun, data, composer]);

  const { history } = composer.draft;
  const form = history ? null : composer.reading.form;
  const name = history ? 'Recorded jobs' : (form?.name ?? '');
  const isRecorded = history !== null;
  const groups = form?.groups.length ?? 0;
  const outages = form?.outages.length ?? 0;
  const checks = form?.checks ?? 0;
  const isOther = data !== null && composer.differs(data);
  useEffect(() => {
    onComposed({ name, isRecorded, groups, outages, checks, isOther });
  }, [name, isRecorded, groups, outages, checks, isOther, onComposed]);

  const start = (): void => {
    const order = composer.order();
    if (refusal) toast(refusal, { tone: 'bad' });
    else if (order) run.start(order);
  };
  useShortcuts('Lab', [
    { keys: ['Ctrl+Enter'], label: 'Run', isCommand: true, isEverywhere: true, refusal, run: start },
    { keys: ['s'], label: 'Swap A and B', isCommand: true, run: composer.swap },
  ]);
  return <Composer composer={composer} faults={run.faults} refusal={refusal} onRun={start} />;
}

function useRefusal(run: Run, isUnreadable: boolean): string | null {
  const offline = useOffline();
  if (offline) return OFFLINE_REFUSAL;
  if (run.isStarting) return 'It is being sent';
  if (run.data && !hasEnded(run.data)) return 'A run is under way: stop it, or wait';
  return isUnreadable ? 'A policy is not known: choose another' : null;
}
