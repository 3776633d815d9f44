import { Bookmark, BookmarkX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { JobFilter } from '../../api/types';
import { filterFromQuery, isFiltered, queryFromFilter } from '../../core/filter';
import { Button } from '../../ui/Button';
import { removeView, type SavedView, useSavedViews } from '../../ui/savedViews';
import { useShortcuts } from '../../ui/shortcuts';
import { toast } from '../../ui/toasts';

const NameQuestion = lazy(() =>
  import('./NameQuestion').then(({ NameQuestion: component }) => ({ default: component })),
);

/** The saved view that is this filter. */
export function useViewOf(filter: JobFilter): SavedView | undefined {
  const query = queryFromFilter(filter);
  return useSavedViews().find((view) => queryFromFilter(filterFromQuery(view.query)) === query);
}

interface SaveViewProps {
  filter: JobFilter;
  view: SavedView | undefined;
}

/** Gives the filter a name, or takes it away. */
export function SaveView({ filter, view }: SaveViewProps) {
  const [isNaming, setNaming] = useState(false);
  const remove = (name: string): void => {
    removeView(name);
    toast(`Removed the view ${name}`);
  };
  const command = view
    ? { label: 'Remove view', run: () => remove(view.name) }
    : { label: 'Save view', run: () => setNaming(true) };
  const refusal = isFiltered(filter) ? null : 'Filter the jobs first';
  useShortcuts('View', [{ ...command, keys: [], refusal, isCommand: true }]);
  const Icon = view ? BookmarkX : Bookmark;
  return (
    <>
      {isFiltered(filter) && (
        <Button onClick={command.run}>
          <Icon className="i s" />
          <span className="bl">{command.label}</span>
        </Button>
      )}
      <Suspense>{isNaming && <NameQuestion filter={filter} onClose={() => setNaming(false)} />}</Suspense>
    </>
  );
}
