import { count } from '../../core/numbers';
import { EventStream, HISTORY_MS } from '../events/EventStream';
import '../events/events.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useTitle } from '../useTitle';
import { usePastHere } from './context';
import { PastBanner } from './PastBanner';
import { PastBody } from './PastBody';
import { useHistoryThen } from './useHistoryThen';

/** The log as far as it had come. */
export function EventsPast() {
  const { view, time } = usePastHere();
  const { data: slots } = useHistoryThen('second', HISTORY_MS, time);
  useTitle('Event stream, in the past');
  return (
    <>
      <TopBar>
        <h1>Event stream</h1>
        {view.state && <span className="num dim nowrap">{count(view.state.seq)} events</span>}
      </TopBar>
      <PastBanner />
      <OfflineBanner />
      <PastBody className="fixed">{(state) => <EventStream slots={slots} until={state.seq} />}</PastBody>
    </>
  );
}
