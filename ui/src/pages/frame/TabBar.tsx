import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { shortCount } from '../../core/numbers';
import { PHONE, useMedia } from '../../ui/useMedia';
import { useStats } from '../services';
import { PLACES } from './places';

const MoreTab = lazy(() => import('./MoreTab').then(({ MoreTab: component }) => ({ default: component })));

/** The places at the thumb, where there is no sidebar: four of them, and the others under the fifth. */
export function TabBar() {
  const stats = useStats();
  const isPhone = useMedia(PHONE);
  if (!isPhone) return null;
  const tabs = PLACES.filter(({ isTab }) => isTab);
  return (
    <nav className="tabbar" aria-label="Pages">
      {tabs.map(({ to, short, icon: Icon, count, isBad }) => {
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
      <Suspense
        fallback={
          <button type="button" disabled>
            <Ellipsis className="i" />
            More
          </button>
        }
      >
        <MoreTab />
      </Suspense>
    </nav>
  );
}
