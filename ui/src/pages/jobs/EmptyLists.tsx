import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Copy, FlaskConical, Plus } from 'lucide-react';
import { countOf } from '../../api/counts';
import { keys } from '../../api/keys';
import type { JobFilter } from '../../api/types';
import { isFiltered, NO_FILTER, queryFromFilter } from '../../core/filter';
import { count } from '../../core/numbers';
import { Button, IconButton } from '../../ui/Button';
import { Notice } from '../../ui/Empty';
import { useZone } from '../../ui/preferences';
import { copy } from '../../ui/toasts';
import { useLiveState, useRefusal, useServices } from '../services';
import { chipsOf, chipWords } from './chips';

/** One of the examples that come with the Lab. */
const DEMO = 'outage';

/** Before the first job: how to make one, from here or from a shell. */
export function FirstRun() {
  const { setCreating } = useServices();
  const refusal = useRefusal();
  const line = `curl -d '{"type":"hello"}' ${location.host}/jobs`;
  return (
    <Notice title="Nothing has been queued yet">
      <p className="dim">A job is anything with a type. Post one and watch it here:</p>
      <div className="row">
        <code>{line}</code>
        <IconButton tone="ghost" label="Copy the command" onClick={() => void copy(line, 'the command')}>
          <Copy className="i s" />
        </IconButton>
      </div>
      <div className="row">
        <Button tone="pri" refusal={refusal} onClick={() => setCreating(true)}>
          <Plus className="i s" />
          New job
        </Button>
        <Link className="btn" to="/lab" search={{ scenario: DEMO }} preload={false}>
          <FlaskConical className="i s" />
          Play a scenario in the Lab
        </Link>
      </div>
    </Notice>
  );
}

/** Says which filter empties the list, and what there is without it. */
export function FilteredEmpty({
  filter,
  onFilter,
}: {
  filter: JobFilter;
  onFilter(filter: JobFilter): void;
}) {
  const { stats } = useLiveState();
  const chips = chipsOf(filter, useZone());
  const last = chips.at(-1);
  const rest = last?.without ?? NO_FILTER;
  const { data: counted } = useQuery({
    queryKey: keys.viewCount(queryFromFilter(rest)),
    queryFn: ({ signal }) => countOf(rest, signal),
    enabled: isFiltered(rest),
    staleTime: 0,
  });
  const without = isFiltered(rest) ? counted : stats?.total;
  return (
    <Notice title="No job matches these filters">
      {last && (
        <p className="dim">
          Without <b>{chipWords(last)}</b> there would be{' '}
          {without === undefined ? '…' : without === 0 ? 'none either.' : `${count(without)}.`}
        </p>
      )}
      <div className="row">
        {last && <Button onClick={() => onFilter(last.without)}>Remove that filter</Button>}
        {chips.length > 1 && (
          <Button tone="ghost" onClick={() => onFilter(NO_FILTER)}>
            Clear all
          </Button>
        )}
      </div>
    </Notice>
  );
}
