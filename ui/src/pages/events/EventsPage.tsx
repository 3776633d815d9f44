import { count } from '../../core/numbers';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { useLiveState } from '../services';
import { useHistory } from '../useHistory';
import { useTitle } from '../useTitle';
import './events.css';
import { EventStream, HISTORY_MS } from './EventStream';

export function EventsPage() {
  const { stats } = useLiveState();
  const { data: slots } = useHistory('second', HISTORY_MS);
  useTitle('Event stream');
  return (
    <>
      <TopBar>
        <h1>Event stream</h1>
        {stats && <span className="num dim nowrap">{count(stats.seq)} events</span>}
      </TopBar>
      <OfflineBanner />
      <EventStream slots={slots} until={null} />
    </>
  );
}
