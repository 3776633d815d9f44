import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { State } from '../../api/past';
import type { Job, Status } from '../../api/types';
import { queuesSummary } from '../../core/queues';
import { oldestThen, queueOf } from '../../core/then';
import { millis } from '../../core/time';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueueTable } from '../queues/QueueTable';
import '../queues/queues.css';
import { useDepthsThen } from '../queues/useDepths';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';
import { QueueThen } from './QueueThen';
import { useListThen } from './useListThen';

const QUEUED: readonly Status[] = ['QUEUED'];
const NONE: readonly Job[] = [];

/** The queues with their pauses and limits as they were, and one of them with what led there. */
export function QueuesPast() {
  const { view } = usePastHere();
  const { name } = useParams({ strict: false });
  useTitle(name === undefined ? 'Queues, in the past' : `Queue ${name}, in the past`);
  return (
    <>
      <TopBar>
        <h1>Queues</h1>
        {view.state && <span className="sub num">{queuesSummary(view.state.queues.map(queueOf))}</span>}
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody>{(state) => <Queues state={state} named={name} />}</PastBody>
    </>
  );
}

function Queues({ state, named }: { state: State; named: string | undefined }) {
  const { state: exact } = usePastHere();
  const depths = useDepthsThen(millis(state.at), state.seq, exact === state);
  const { jobs = NONE } = useListThen(QUEUED);
  const oldest = useMemo(() => oldestThen(state.queues, jobs), [state.queues, jobs]);
  const queues = useMemo(() => state.queues.map(queueOf), [state.queues]);
  return <QueueTable queues={queues} named={named} depths={depths} oldest={oldest} Detail={QueueThen} />;
}
