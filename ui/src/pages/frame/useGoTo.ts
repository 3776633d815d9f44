import { useNavigate } from '@tanstack/react-router';
import { useShortcuts } from '../../ui/shortcuts';
import { PLACES } from './places';

/** Two keys lead to each page from anywhere. */
export function useGoTo(): void {
  const navigate = useNavigate();
  useShortcuts(
    'Go to',
    PLACES.map(({ key, title, to }) => ({
      keys: [`g ${key}`],
      label: title,
      run: () => void navigate({ to, search: {} }),
    })),
  );
}
