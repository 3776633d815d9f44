import { Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { HINTS_ID } from '../../ui/Button';
import { TimeCard } from '../../ui/TimeCard';
import { OperationList } from '../bulk/OperationList';
import { OperationsProvider, useOperations } from '../bulk/operations';
import { PastProvider } from '../past/PastProvider';
import { useLiveState, useOffline, useServices } from '../services';
import { useServerTime } from '../useServerTime';
import { LogStrip } from './LogStrip';
import { Sidebar } from './Sidebar';
import { TabBar } from './TabBar';
import { Toasts } from './Toasts';
import { useAddressNotice } from './useAddressNotice';
import { useAnywhereKeys } from './useAnywhereKeys';
import { useGoTo } from './useGoTo';
import { useNewVersion } from './useNewVersion';

const CreateDrawer = lazy(() =>
  import('../create/CreateDrawer').then(({ CreateDrawer: component }) => ({ default: component })),
);
const ShortcutList = lazy(() =>
  import('./ShortcutList').then(({ ShortcutList: component }) => ({ default: component })),
);
const Palette = lazy(() =>
  import('../palette/Palette').then(({ Palette: component }) => ({ default: component })),
);

/** What every page stands in: sidebar, panel, log strip, and the layers above them. */
export function Frame() {
  const { isCreating, setCreating, isSearching, setSearching } = useServices();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const offline = useOffline();
  const { connection, paused } = useLiveState();
  const stoppedAt = offline ? connection.downSince : (paused?.at ?? null);
  return (
    <PastProvider stoppedAt={stoppedAt}>
      <OperationsProvider>
        <KeysOfEverywhere onHelp={() => setHelpOpen(true)} />
        <a className="skip" href="#main">
          Skip to content
        </a>
        <div className="app">
          <Sidebar onSearch={() => setSearching(true)} />
          <main className="panel" id="main" tabIndex={-1}>
            <Outlet />
          </main>
          <LogStrip />
          <TabBar />
        </div>
        <Suspense>{isCreating && <CreateDrawer onClose={() => setCreating(false)} />}</Suspense>
        <Suspense>{isHelpOpen && <ShortcutList onClose={() => setHelpOpen(false)} />}</Suspense>
        <Suspense>{isSearching && <Palette onClose={() => setSearching(false)} />}</Suspense>
        <RunningOperations />
        <Toasts />
        <TimeCard />
        <div id={HINTS_ID} role="region" aria-label="Hints" />
      </OperationsProvider>
    </PastProvider>
  );
}

function KeysOfEverywhere({ onHelp }: { onHelp(): void }) {
  useAnywhereKeys(onHelp);
  useGoTo();
  useAddressNotice();
  useNewVersion();
  useServerTime();
  return null;
}

function RunningOperations() {
  const navigate = useNavigate();
  return (
    <OperationList
      operations={useOperations()}
      onOpen={(id) => void navigate({ to: '/bulk/$id', params: { id: String(id) } })}
    />
  );
}
