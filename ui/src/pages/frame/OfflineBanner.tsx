import { TriangleAlert } from 'lucide-react';
import { clock } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { useLiveState, useOffline } from '../services';

export function OfflineBanner() {
  const { connection } = useLiveState();
  const offline = useOffline();
  const zone = useZone();
  if (!offline || connection.downSince === null) return null;
  return (
    <div className="strip t-failed" role="alert">
      <TriangleAlert className="i s" />
      <span>
        Offline since {clock(connection.downSince, zone)}. You see the last known state; nothing here is live.
        Actions are off.
      </span>
    </div>
  );
}
