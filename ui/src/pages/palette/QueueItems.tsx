import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Layers } from 'lucide-react';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import type { Queue } from '../../api/types';
import { count } from '../../core/numbers';
import { queueOf } from '../../core/then';
import { usePast } from '../past/context';

const NONE: readonly Queue[] = [];

/** The queues that the page is about: of now, or of then. */
export function QueueItems({ onChoose }: { onChoose(run: () => void): void }) {
  const navigate = useNavigate();
  const past = usePast();
  const { data = NONE } = useQuery({
    queryKey: keys.queues,
    queryFn: listQueues,
    refetchOnMount: 'always',
    enabled: past === null,
  });
  const queues = past ? (past.view.state?.queues ?? []).map(queueOf) : data;
  if (queues.length === 0) return null;
  return (
    <Command.Group heading="Queues">
      {queues.map(({ name, paused, ready }) => (
        <Command.Item
          key={name}
          value={`Queue ${name}`}
          onSelect={() =>
            onChoose(() => void navigate({ to: '/queues/$name', params: { name }, search: {} }))
          }
        >
          <Layers className="i" />
          <span className="ellip">Queue {name}</span>
          {paused && <span className="chip">Paused</span>}
          <span className="grow" />
          <span className="faint num">{count(ready)} ready</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
