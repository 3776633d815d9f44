import { useMemo } from 'react';
import type { State } from '../../api/past';
import type { Status } from '../../api/types';
import { count } from '../../core/numbers';
import { workersOf } from '../../core/then';
import { IN_PROCESS } from '../../core/work';
import { arrange } from '../../core/workers';
import { Notice } from '../../ui/Empty';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useTitle } from '../useTitle';
import { WorkerList } from '../workers/WorkersPage';
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
  useTitle('Workers, in the past');
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
  const inProcess = (running ?? []).filter(({ worker }) => worker !== null && IN_PROCESS.includes(worker));
  const note =
    inProcess.length > 0 && `${count(inProcess.length)} more ran inside the server, without a worker.`;
  if (known.length === 0)
    return (
      <Notice title="No worker was known yet">
        <p className="dim">{note || 'None had asked for a job by then.'}</p>
      </Notice>
    );
  return (
    <>
      <WorkerList known={known} />
      {note && <p className="dim none num">{note}</p>}
    </>
  );
}
