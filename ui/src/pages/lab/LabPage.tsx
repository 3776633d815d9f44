import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import '../../plot/plot.css';
import '../create/create.css';
import { runName } from '../../core/labHistory';
import { Notice } from '../../ui/Empty';
import { useZone } from '../../ui/preferences';
import { PHONE, useMedia } from '../../ui/useMedia';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueryFailure } from '../QueryFailure';
import { OFFLINE_REFUSAL, useOffline } from '../services';
import { useTitle } from '../useTitle';
import type { Composed } from './Bench';
import { EmptyResult } from './EmptyResult';
import { Result } from './Result';
import { RunsMenu } from './RunsMenu';
import { type Run, useRun } from './useRun';
import './composer.css';
import './result.css';

const Bench = lazy(() => import('./Bench').then(({ Bench: component }) => ({ default: component })));

/** A scenario in virtual time, under one choice of policies or two. */
export function LabPage() {
  const run = useRun();
  const [composed, setComposed] = useState<Composed | null>(null);
  const isPhone = useMedia(PHONE);
  const zone = useZone();
  const shown = run.data && (run.data.name || run.data.history) ? runName(run.data, zone) : '';
  const name = run.id !== null ? shown : (composed?.name ?? '');
  useTitle(name ? `${name} · Lab` : 'Lab');
  // With keys, so that what is being composed survives the change of places.
  const composing = (
    <Suspense key="composing" fallback={<div className="comp" aria-busy="true" />}>
      <Bench run={run} onComposed={setComposed} />
    </Suspense>
  );
  const result = (
    <div key="result" className="res">
      <Shown run={run} composed={composed} />
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
      <div className="body lb">{isPhone && run.id !== null ? [result, composing] : [composing, result]}</div>
    </>
  );
}

function Shown({ run, composed }: { run: Run; composed: Composed | null }) {
  const offline = useOffline() ? OFFLINE_REFUSAL : null;
  if (run.id === null) return <EmptyResult composed={composed} />;
  if (run.data) {
    const isOld = composed?.isOther ?? false;
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
  if (run.query.errorUpdateCount > 0)
    return (
      <QueryFailure title="The run did not load" query={run.query} request={`GET /lab/runs/${run.id}`} />
    );
  return <p className="dim none">Loading the run…</p>;
}
