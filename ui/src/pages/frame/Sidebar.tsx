import { Link } from '@tanstack/react-router';
import { Search, Settings } from 'lucide-react';
import { shortCount } from '../../core/numbers';
import { Logo } from '../../ui/Glyph';
import { useStats } from '../services';
import { Connection } from './Connection';
import { GROUPS } from './places';
import { SavedViews } from './SavedViews';

export function Sidebar({ onSearch }: { onSearch(): void }) {
  const stats = useStats();
  return (
    <aside className="side" aria-label="Sidebar">
      <div className="brand">
        <Logo />
        RetryLab
      </div>
      <button type="button" className="cmdk" title="Search or run (Ctrl+K)" onClick={onSearch}>
        <Search className="i s" />
        <span>Search or run</span>
        <kbd aria-hidden="true">Ctrl K</kbd>
      </button>
      <nav aria-label="Main">
        {GROUPS.map(({ name, places }) => (
          <div className="nav" key={name}>
            <h2>{name}</h2>
            {places.map(({ to, title, icon: Icon, count, isBad }) => {
              const number = stats && count ? count(stats) : null;
              return (
                <Link
                  key={to}
                  to={to}
                  search={{}}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  title={title}
                >
                  <Icon className="i" />
                  {title}
                  {number !== null && !(isBad && number === 0) && (
                    <span className={isBad ? 'n bad' : 'n'}>{shortCount(number)}</span>
                  )}
                </Link>
              );
            })}
          </div>
        ))}
        <SavedViews />
      </nav>
      <div className="nav last">
        <Link to="/settings" search={{}} title="Settings">
          <Settings className="i" />
          Settings
        </Link>
      </div>
      <div className="foot">
        <Connection />
      </div>
    </aside>
  );
}
