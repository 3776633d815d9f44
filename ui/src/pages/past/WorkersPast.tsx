import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { State } from '../../api/past';
import type { Status } from '../../api/types';
import { count } from '../../core/numbers';
import { workersOf } from '../../core/then';
import { arrange, insideOf } from '../../core/workers';
import { Notice } from '../../ui/Empty';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useTitle } from '../useTitle';
import { WorkerList } from '../workers/WorkerList';
import '../workers/workers.css';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';
import { useListThen } from './useListThen';

/** The log does not say what a worker is written in. */
const UNKNOWN = { id: '', short: 'W', words: '' };

const RUNNING: readonly Status[] = ['RUNNING'];

/** Who was there, and what ran where. */
export function WorkersPast() {
  const { view } = usePastHere();
  const n = view.state?.workers.length ?? 0;
  const { id } = useParams({ strict: false });
  useTitle(id === undefined ? 'Workers, in the past' : `Worker ${id}, in the past`);
  return (
    <>
      <TopBar>
        <h1>Workers</h1>
        {n > 0 && <span className="sub num">{count(n)} known</span>}
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody>{(state) => <Workers state={state} />}</PastBody>
    </>
  );
}

function Workers({ state }: { state: State }) {
  const { id } = useParams({ strict: false });
  const { jobs } = useListThen(RUNNING);
  const running = jobs ?? state.jobs.RUNNING;
  const known = useMemo(
    () =>
      arrange(workersOf(state.workers, running ?? []), running ?? []).map((each) => ({
        ...each,
        kind: UNKNOWN,
      })),
    [state.workers, running],
  );
  const inside = useMemo(() => insideOf(running ?? []), [running]);
  if (known.length === 0 && inside.length === 0 && id === undefined)
    return (
      <Notice title="No worker was known yet">
        <p className="dim">None had asked for a job by then.</p>
      </Notice>
    );
  return <WorkerList known={known} inside={inside} />;
}
