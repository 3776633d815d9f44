import { Link } from '@tanstack/react-router';
import { AlignLeft, Gauge } from 'lucide-react';

/** The places at the thumb, where there is no sidebar. */
export function TabBar() {
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
    </nav>
  );
}
