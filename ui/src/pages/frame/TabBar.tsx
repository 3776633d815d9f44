import { Link } from '@tanstack/react-router';
import { shortCount } from '../../core/numbers';
import { useStats } from '../services';
import { PLACES } from './places';

/** The places at the thumb, where there is no sidebar. */
export function TabBar() {
  const stats = useStats();
  return (
    <nav className="tabbar" aria-label="Pages">
      {PLACES.map(({ to, short, icon: Icon, count, isBad }) => {
        const number = isBad && stats ? (count?.(stats) ?? 0) : 0;
        return (
          <Link key={to} to={to} search={{}} activeOptions={{ exact: to === '/', includeSearch: false }}>
            <span className="ti">
              <Icon className="i" />
              {number > 0 && <b>{shortCount(number)}</b>}
            </span>
            {short}
          </Link>
        );
      })}
    </nav>
  );
}
