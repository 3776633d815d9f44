import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { getJob } from '../../api/client';
import { keys } from '../../api/keys';
import type { Job } from '../../api/types';

const EditDrawer = lazy(() =>
  import('../job/EditDrawer').then(({ EditDrawer: component }) => ({ default: component })),
);

interface EditByIdProps {
  id: number;
  onClose(): void;
  onTaken(job: Job): void;
}

/** Edit and retry for a row: the payload is fetched as it was sent. */
export function EditById({ id, onClose, onTaken }: EditByIdProps) {
  const { data, isFetchedAfterMount } = useQuery({
    queryKey: keys.job(id),
    queryFn: () => getJob(id),
    staleTime: 0,
  });
  return (
    <Suspense>
      {data && isFetchedAfterMount && (
        <EditDrawer job={data} onClose={onClose} onTaken={({ value }) => onTaken(value)} />
      )}
    </Suspense>
  );
}
