import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { HINTS_ID } from '../../ui/Button';
import { freezeClock } from '../../ui/clock';
import { flipTheme, flipZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';
import { OperationList } from '../bulk/OperationList';
import { OperationsProvider, useOperations } from '../bulk/operations';
import { CreateDrawer } from '../create/CreateDrawer';
import { OFFLINE_REFUSAL, useLiveState, useOffline, useServices } from '../services';
import { ShortcutList } from './ShortcutList';
import { Sidebar } from './Sidebar';
import { TabBar } from './TabBar';
import { Toasts } from './Toasts';
import { useGoTo } from './useGoTo';

/** What every page stands in: sidebar, panel, and the layers above them. */
export function Frame() {
  const { isCreating, setCreating } = useServices();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const offline = useOffline();
  const { downSince } = useLiveState().connection;
  useEffect(() => freezeClock(offline ? downSince : null), [offline, downSince]);
  useShortcuts('Anywhere', [
    {
      keys: ['n'],
      label: 'New job',
      run: () => (offline ? toast(OFFLINE_REFUSAL, { tone: 'bad' }) : setCreating(true)),
    },
    { keys: ['Shift+T'], label: 'Dark or light', run: flipTheme },
    { keys: ['Shift+Z'], label: 'UTC or local time', run: flipZone },
    { keys: ['?'], label: 'This list', run: () => setHelpOpen(true) },
  ]);
  useGoTo();
  return (
    <OperationsProvider>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <div className="app">
        <Sidebar />
        <main className="panel" id="main" tabIndex={-1}>
          <Outlet />
        </main>
        <TabBar />
      </div>
      {isCreating && <CreateDrawer onClose={() => setCreating(false)} />}
      <ShortcutList isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
      <RunningOperations />
      <Toasts />
      <div id={HINTS_ID} role="region" aria-label="Hints" />
    </OperationsProvider>
  );
}

function RunningOperations() {
  return <OperationList operations={useOperations()} />;
}
