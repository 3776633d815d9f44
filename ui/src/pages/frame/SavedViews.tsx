import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Bookmark } from 'lucide-react';
import { every } from '../../api/askAgain';
import { countOf } from '../../api/counts';
import { keys } from '../../api/keys';
import { filterFromQuery, parametersFromFilter, queryFromFilter } from '../../core/filter';
import { shortCount } from '../../core/numbers';
import { type SavedView, useSavedViews } from '../../ui/savedViews';
import { usePast } from '../past/context';

const SAMPLE_MS = 5000;

/** Named filters in the sidebar, each with how many jobs it matches now; of then that is not known. */
export function SavedViews() {
  const views = useSavedViews();
  if (views.length === 0) return null;
  return (
    <div className="nav">
      <h2>Saved views</h2>
      {views.map((view) => (
        <ViewLink key={view.name} view={view} />
      ))}
    </div>
  );
}

function ViewLink({ view }: { view: SavedView }) {
  const filter = filterFromQuery(view.query);
  const query = queryFromFilter(filter);
  const isPast = usePast() !== null;
  const { data } = useQuery({
    queryKey: keys.viewCount(query),
    queryFn: ({ signal }) => countOf(filter, signal),
    refetchInterval: every(SAMPLE_MS),
    staleTime: 0,
    enabled: !isPast,
  });
  return (
    <Link
      to="/jobs"
      search={parametersFromFilter(filter)}
      activeOptions={{ exact: true, explicitUndefined: true }}
      title={view.name}
    >
      <Bookmark className="i" />
      <span className="ellip">{view.name}</span>
      {data !== undefined && !isPast && <span className="n">{shortCount(data)}</span>}
    </Link>
  );
}
