import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { every } from '../../api/askAgain';
import { countOf } from '../../api/counts';
import { keys } from '../../api/keys';
import { NO_FILTER } from '../../core/filter';
import { count } from '../../core/numbers';

const REFETCH_MS = 5000;

/** How many jobs failed with an error of this type and will be tried again. */
export function StillRetrying({ type }: { type: string }) {
  const filter = { ...NO_FILTER, status: ['RETRYING' as const], error: type };
  const { data = 0 } = useQuery({
    queryKey: keys.stillRetrying(type),
    queryFn: ({ signal }) => countOf(filter, signal),
    refetchInterval: every(REFETCH_MS),
  });
  if (data === 0) return null;
  return (
    <Link to="/jobs" search={{ status: 'retrying', error: type }} preload={false}>
      this error in <b>{count(data)}</b> still Retrying
    </Link>
  );
}
