import {
  flipSidebar,
  flipTheme,
  flipZone,
  flipZoneWords,
  useSlimSidebar,
  useZone,
} from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { copy, toast } from '../../ui/toasts';
import { useTravelling } from '../past/context';
import { useLiveState, useRefusal, useServices } from '../services';
import { useCopyMoment } from './useCopyMoment';

export const copyLink = (): void => void copy(location.href, 'the link to this page');

/** What can be done on every page. */
export function useAnywhereKeys(onHelp: () => void): void {
  const { live, setCreating, setSearching } = useServices();
  const { paused } = useLiveState();
  const refusal = useRefusal();
  const zone = useZone();
  const isSlim = useSlimSidebar();
  const { past, leave } = useTravelling();
  const moment = useCopyMoment();
  useShortcuts(
    'In the past',
    past ? [{ keys: ['Escape'], label: 'Return to live', isCommand: true, run: leave }] : [],
    true,
  );
  useShortcuts('Anywhere', [
    { keys: ['Ctrl+K'], label: 'Search or run', isEverywhere: true, run: () => setSearching(true) },
    {
      keys: ['n'],
      label: 'New job',
      isCommand: true,
      refusal,
      run: () => (refusal ? toast(refusal, { tone: 'bad' }) : setCreating(true)),
    },
    {
      keys: ['Shift+L'],
      label: paused ? 'Go on with live updates' : 'Pause live updates',
      isCommand: true,
      refusal,
      run: () => (refusal ? toast(refusal, { tone: 'bad' }) : live.setPaused(!paused)),
    },
    { keys: ['Ctrl+Shift+C'], label: 'Copy the link to this page', isCommand: true, run: copyLink },
    {
      keys: [],
      label: 'Copy the link to this moment',
      isCommand: true,
      refusal: moment.refusal,
      run: moment.copy,
    },
    { keys: ['Shift+T'], label: 'Dark or light', isCommand: true, run: flipTheme },
    { keys: ['Shift+Z'], label: flipZoneWords(zone), isCommand: true, run: flipZone },
    {
      keys: ['['],
      label: isSlim ? 'Wide sidebar' : 'Sidebar of icons only',
      isCommand: true,
      run: flipSidebar,
    },
    { keys: ['?'], label: 'List of keys', isCommand: true, run: onHelp },
  ]);
}
