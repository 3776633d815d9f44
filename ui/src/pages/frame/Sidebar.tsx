import { Link } from '@tanstack/react-router';
import { Activity, AlignLeft, Gauge, Inbox } from 'lucide-react';
import { shortCount } from '../../core/numbers';
import { Logo } from '../../ui/Glyph';
import { useLiveState } from '../services';
import { Connection } from './Connection';

export function Sidebar() {
  const { stats } = useLiveState();
  return (
    <aside className="side" aria-label="Sidebar">
      <div className="brand">
        <Logo />
        RetryLab
      </div>
      <nav aria-label="Main">
        <div className="nav">
          <h2>Observe</h2>
          <Link to="/" search={{}} activeOptions={{ exact: true, includeSearch: false }} title="Overview">
            <Gauge className="i" />
            Overview
          </Link>
          <Link to="/jobs" search={{}} activeOptions={{ includeSearch: false }} title="Jobs">
            <AlignLeft className="i" />
            Jobs
            {stats && <span className="n">{shortCount(stats.total)}</span>}
          </Link>
          <Link to="/events" search={{}} activeOptions={{ includeSearch: false }} title="Event stream">
            <Activity className="i" />
            Event stream
          </Link>
          <Link to="/dead-letters" search={{}} activeOptions={{ includeSearch: false }} title="Dead letters">
            <Inbox className="i" />
            Dead letters
            {stats && stats.by_status.FAILED > 0 && (
              <span className="n bad">{shortCount(stats.by_status.FAILED)}</span>
            )}
          </Link>
        </div>
      </nav>
      <div className="foot">
        <Connection />
      </div>
    </aside>
  );
}
