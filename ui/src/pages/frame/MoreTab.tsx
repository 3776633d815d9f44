import { Link, useLocation } from '@tanstack/react-router';
import { Clock, Ellipsis, Moon, Settings, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { zoneWords } from '../../core/zone';
import { HINTS_ID } from '../../ui/Button';
import { flipTheme, useTheme, useZone } from '../../ui/preferences';
import { PLACES } from './places';

const ZoneDrawer = lazy(() =>
  import('./ZoneDrawer').then(({ ZoneDrawer: component }) => ({ default: component })),
);

/** The last tab of a narrow screen: the places that have none, the time zone and the theme. */
export function MoreTab() {
  const zone = useZone();
  const theme = useTheme();
  const [isChoosingZone, setChoosingZone] = useState(false);
  const { pathname } = useLocation();
  const places = PLACES.filter(({ isTab }) => !isTab);
  const here = places.find(({ to }) => pathname.startsWith(to));
  const Icon = here?.icon ?? Ellipsis;
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <button
            type="button"
            aria-label={here ? `${here.short}, more pages` : 'More pages'}
            data-here={here ? '' : undefined}
          >
            <span className="ti">
              <Icon className="i" />
            </span>
            {here?.short ?? 'More'}
          </button>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal container={document.getElementById(HINTS_ID)}>
          <DropdownMenu.Content className="menu tall" align="end" sideOffset={8} collisionPadding={8}>
            {places.map(({ to, title, icon: PlaceIcon }) => (
              <DropdownMenu.Item key={to} asChild>
                <Link to={to} search={{}}>
                  <PlaceIcon className="i s" />
                  {title}
                </Link>
              </DropdownMenu.Item>
            ))}
            <DropdownMenu.Separator className="sep" />
            <DropdownMenu.Item onSelect={() => setChoosingZone(true)}>
              <Clock className="i s" />
              Time zone
              <span className="why">{zoneWords(zone)}</span>
            </DropdownMenu.Item>
            <DropdownMenu.Item onSelect={flipTheme}>
              {theme === 'dark' ? <Sun className="i s" /> : <Moon className="i s" />}
              {theme === 'dark' ? 'Light theme' : 'Dark theme'}
            </DropdownMenu.Item>
            <DropdownMenu.Item asChild>
              <Link to="/settings" search={{}}>
                <Settings className="i s" />
                Settings
              </Link>
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Suspense>{isChoosingZone && <ZoneDrawer onClose={() => setChoosingZone(false)} />}</Suspense>
    </>
  );
}
