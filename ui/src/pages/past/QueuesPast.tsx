import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { State } from '../../api/past';
import { arrangeQueues, queuesSummary } from '../../core/queues';
import { queueOf } from '../../core/then';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { QueueTable } from '../queues/QueueTable';
import '../queues/queues.css';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';

/** The queues with their pauses and limits as they were. */
export function QueuesPast() {
  const { view } = usePastHere();
  useTitle('Queues, in the past');
  return (
    <>
      <TopBar>
        <h1>Queues</h1>
        {view.state && <span className="sub num">{queuesSummary(view.state.queues.map(queueOf))}</span>}
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody>{(state) => <Queues state={state} />}</PastBody>
    </>
  );
}

function Queues({ state: { queues } }: { state: State }) {
  const { name } = useParams({ strict: false });
  const arranged = useMemo(() => arrangeQueues(queues.map(queueOf)), [queues]);
  if (arranged.length === 0) return <p className="dim none">No queue had jobs or settings yet.</p>;
  return <QueueTable queues={arranged} chosen={name} />;
}
