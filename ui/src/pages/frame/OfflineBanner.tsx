import { TriangleAlert } from 'lucide-react';
import { clock } from '../../core/time';
import { useRealClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { useLiveState, useOffline, useServices } from '../services';

/** Since when nothing is live, and when it is tried again. */
export function OfflineBanner() {
  const { live } = useServices();
  const { connection } = useLiveState();
  const { retryAt } = connection;
  const left = useRealClock((now) => (retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))));
  const offline = useOffline();
  const zone = useZone();
  if (!offline || connection.downSince === null) return null;
  return (
    <div className="strip t-failed offline">
      <TriangleAlert className="i s" />
      <span role="alert">
        Offline since {clock(connection.downSince, zone)}. You see the last known state; nothing here is live.
        Actions are off.
      </span>
      <span className="grow" />
      <span className="again num">
        {left > 0 ? `next try in ${left} s` : 'trying…'}
        <button type="button" className="link" onClick={() => live.retryNow()}>
          Try now
        </button>
      </span>
    </div>
  );
}
