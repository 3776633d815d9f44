import { useNavigate } from '@tanstack/react-router';
import { useShortcuts } from '../../ui/shortcuts';

/** Two keys lead to each page from anywhere. */
export function useGoTo(): void {
  const navigate = useNavigate();
  useShortcuts('Go to', [
    { keys: ['g o'], label: 'Overview', run: () => void navigate({ to: '/', search: {} }) },
    { keys: ['g j'], label: 'Jobs', run: () => void navigate({ to: '/jobs', search: {} }) },
    { keys: ['g e'], label: 'Event stream', run: () => void navigate({ to: '/events', search: {} }) },
    {
      keys: ['g d'],
      label: 'Dead letters',
      run: () => void navigate({ to: '/dead-letters', search: {} }),
    },
  ]);
}
