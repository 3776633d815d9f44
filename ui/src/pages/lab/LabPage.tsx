import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import '../../plot/plot.css';
import '../create/create.css';
import { hasEnded } from '../../api/lab';
import { Failure, Notice } from '../../ui/Empty';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import { PHONE, useMedia } from '../../ui/useMedia';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { OFFLINE_REFUSAL, useOffline } from '../services';
import { useTitle } from '../useTitle';
import { Composer } from './Composer';
import { EmptyResult } from './EmptyResult';
import { Result } from './Result';
import { RunsMenu } from './RunsMenu';
import { type Composer as Composing, useDraft } from './useDraft';
import { type Run, useRun } from './useRun';
import './composer.css';
import './result.css';

/** A scenario in virtual time, under one choice of policies or two. */
export function LabPage() {
  const run = useRun();
  const composer = useDraft(run.id !== null);
  const isPhone = useMedia(PHONE);
  const refusal = useRefusal(run, composer.order() === null);
  const adopted = useRef<string | null>(null);
  const { data } = run;
  const name = (run.id !== null ? data?.name : composer.reading.form?.name) ?? '';
  useTitle(name ? `${name} · Lab` : 'Lab');

  // A run that was opened says what was composed; one that was begun here has it already.
  useEffect(() => {
    if (run.id === null || data === null || adopted.current === run.id) return;
    adopted.current = run.id;
    if (run.begun !== run.id) composer.adopt(data);
  }, [run.id, run.begun, data, composer]);
  const start = (): void => {
    const order = composer.order();
    if (refusal) toast(refusal, { tone: 'bad' });
    else if (order) run.start(order);
  };
  useShortcuts('Lab', [
    { keys: ['Ctrl+Enter'], label: 'Run', isCommand: true, isEverywhere: true, refusal, run: start },
    { keys: ['s'], label: 'Swap A and B', isCommand: true, run: composer.swap },
  ]);
  const composing = <Composer composer={composer} faults={run.faults} refusal={refusal} onRun={start} />;
  const result = (
    <div className="res">
      <Shown run={run} composer={composer} />
    </div>
  );
  return (
    <>
      <TopBar>
        <Link to="/lab" search={{}} className="crumb">
          Lab
        </Link>
        <h1 className="ellip">{name || 'Scenario'}</h1>
        <RunsMenu />
      </TopBar>
      <OfflineBanner />
      <div className="body lb">
        {isPhone && run.id !== null ? (
          <>
            {result}
            {composing}
          </>
        ) : (
          <>
            {composing}
            {result}
          </>
        )}
      </div>
    </>
  );
}

function useRefusal(run: Run, isUnreadable: boolean): string | null {
  const offline = useOffline();
  if (offline) return OFFLINE_REFUSAL;
  if (run.isStarting) return 'It is being sent';
  if (run.data && !hasEnded(run.data)) return 'A run is under way: stop it, or wait';
  return isUnreadable ? 'A policy is not known: choose another' : null;
}

function Shown({ run, composer }: { run: Run; composer: Composing }) {
  const offline = useOffline() ? OFFLINE_REFUSAL : null;
  if (run.id === null) return <EmptyResult reading={composer.reading} />;
  if (run.data) {
    const isOld = composer.differs(run.data);
    return <Result key={run.id} run={run.data} isOld={isOld} refusal={offline} onStop={run.stop} />;
  }
  if (run.error?.status === 404) {
    return (
      <Notice title={`There is no run ${run.id}`}>
        <p className="dim">
          The server keeps the newest 20, and forgets all of them when it ends. The same scenario and seed
          give the same run again.
        </p>
      </Notice>
    );
  }
  if (run.error) {
    return (
      <Failure
        title="The run did not load"
        error={run.error}
        request={`GET /lab/runs/${run.id}`}
        retryAt={null}
        onRetry={run.retry}
      />
    );
  }
  return <p className="dim none">Loading the run…</p>;
}
