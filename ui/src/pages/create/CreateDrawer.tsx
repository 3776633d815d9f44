import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getStats } from '../../api/client';
import { keys } from '../../api/keys';
import { listPolicies } from '../../api/policies';
import { Drawer } from '../../ui/Overlay';
import { CreateForm } from './CreateForm';
import './create.css';

/** So many are offered. */
const MOST_KNOWN = 200;

const namesOf = (counts: object | undefined): string[] =>
  Object.keys(counts ?? {})
    .sort()
    .slice(0, MOST_KNOWN);

export function CreateDrawer({ onClose }: { onClose(): void }) {
  const [isOpen, setOpen] = useState(true);
  const { data: stats } = useQuery({ queryKey: keys.stats, queryFn: getStats });
  const { data: policies } = useQuery({ queryKey: keys.policies, queryFn: listPolicies });
  const close = (): void => {
    setOpen(false);
    onClose();
  };
  return (
    <Drawer title="New job" description="Describe a job and create it" isOpen={isOpen} onClose={close}>
      <CreateForm
        types={namesOf(stats?.by_type)}
        queues={namesOf(stats?.by_queue)}
        policies={policies}
        onDone={close}
      />
    </Drawer>
  );
}
