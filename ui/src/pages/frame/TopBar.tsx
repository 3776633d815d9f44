import { Moon, Plus, Search, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, IconButton } from '../../ui/Button';
import { Logo } from '../../ui/Glyph';
import { flipTheme, useTheme } from '../../ui/preferences';
import { useRefusal, useServices } from '../services';
import { CopyLink } from './CopyLink';
import { useLoading } from './useLoading';
import { ZoneButton } from './ZoneButton';

/** The line above each page: where one is on the left, what holds everywhere on the right. */
export function TopBar({ children }: { children: ReactNode }) {
  const { setCreating, setSearching } = useServices();
  const theme = useTheme();
  const refusal = useRefusal();
  const isLoading = useLoading();
  return (
    <header className={isLoading ? 'bar busy' : 'bar'}>
      <Logo className="pm" />
      {children}
      <span className="grow" />
      <ZoneButton tone="ghost" />
      <CopyLink />
      <IconButton tone="ghost" className="find" label="Search or run" onClick={() => setSearching(true)}>
        <Search className="i" />
      </IconButton>
      <IconButton tone="ghost" label="Switch between dark and light" onClick={flipTheme}>
        {theme === 'dark' ? <Moon className="i" /> : <Sun className="i" />}
      </IconButton>
      <Button
        tone="pri"
        className="newj"
        aria-label="New job"
        refusal={refusal}
        onClick={() => setCreating(true)}
      >
        <Plus className="i s" />
        <span className="nl">New job</span>
      </Button>
    </header>
  );
}
