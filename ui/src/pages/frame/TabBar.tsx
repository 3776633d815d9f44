import { Link } from '@tanstack/react-router';
import { GROUPS } from './places';

/** The sidebar's places at the foot of a narrow screen. */
export function TabBar() {
  return (
    <nav className="tabbar" aria-label="Main, short">
      {GROUPS.flatMap(({ places }) => places).map(({ to, title, icon: Icon }) => (
        <Link key={to} to={to} search={{}} activeOptions={{ includeSearch: false }}>
          <span className="ti">
            <Icon className="i" />
          </span>
          {title}
        </Link>
      ))}
    </nav>
  );
}
