import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { Layers } from 'lucide-react';
import { keys } from '../../api/keys';
import { listQueues } from '../../api/queues';
import { count } from '../../core/numbers';

/** The jobs of each queue. */
export function QueueItems({ onChoose }: { onChoose(run: () => void): void }) {
  const navigate = useNavigate();
  const { data = [] } = useQuery({ queryKey: keys.queues, queryFn: listQueues, refetchOnMount: 'always' });
  if (data.length === 0) return null;
  return (
    <Command.Group heading="Queues">
      {data.map(({ name, paused, ready }) => (
        <Command.Item
          key={name}
          value={`Queue ${name}`}
          onSelect={() => onChoose(() => void navigate({ to: '/jobs', search: { queue: name } }))}
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
