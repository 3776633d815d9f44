import { Link } from '@tanstack/react-router';
import { Activity, AlignLeft, Gauge, Inbox } from 'lucide-react';
import { shortCount } from '../../core/numbers';
import { useLiveState } from '../services';

/** The places at the thumb, where there is no sidebar. */
export function TabBar() {
  const { stats } = useLiveState();
  return (
    <nav className="tabbar" aria-label="Pages">
      <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: false }}>
        <span className="ti">
          <Gauge className="i" />
        </span>
        Overview
      </Link>
      <Link to="/jobs" search={{}} activeOptions={{ includeSearch: false }}>
        <span className="ti">
          <AlignLeft className="i" />
        </span>
        Jobs
      </Link>
      <Link to="/events" search={{}} activeOptions={{ includeSearch: false }}>
        <span className="ti">
          <Activity className="i" />
        </span>
        Events
      </Link>
      <Link to="/dead-letters" search={{}} activeOptions={{ includeSearch: false }}>
        <span className="ti">
          <Inbox className="i" />
          {stats && stats.by_status.FAILED > 0 && <b>{shortCount(stats.by_status.FAILED)}</b>}
        </span>
        Dead letters
      </Link>
    </nav>
  );
}
