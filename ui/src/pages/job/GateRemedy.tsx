import { Link } from '@tanstack/react-router';
import { Play, RotateCw } from 'lucide-react';
import type { Job, WithText } from '../../api/types';
import type { Gate } from '../../api/why';
import { Button } from '../../ui/Button';
import { useQueueOrders } from '../queues/useQueueOrders';
import { useRefusal } from '../services';
import { useJobActions } from '../useJobActions';

interface GateRemedyProps {
  gate: Gate['gate'];
  job: Job;
  onTaken(job: WithText<Job>): void;
}

/** What takes a reason to wait away: the order itself where one is enough, else the place where that is done. */
export function GateRemedy({ gate, job, onTaken }: GateRemedyProps) {
  const orders = useQueueOrders();
  const refusal = useRefusal();
  const actions = useJobActions((value, text) => onTaken({ value, text }));
  switch (gate) {
    case 'due':
      return (
        <Button refusal={actions.refusal('retry', job)} onClick={() => actions.run('retry', job)}>
          <RotateCw className="i s" />
          Retry now
        </Button>
      );
    case 'queue':
      return (
        <Button refusal={refusal} onClick={() => void orders.resume(job.queue)}>
          <Play className="i s" />
          Resume {job.queue}
        </Button>
      );
    case 'concurrency':
      return (
        <Link className="btn" to="/queues/$name" params={{ name: job.queue }} search={{}} preload={false}>
          Change its limit
        </Link>
      );
    case 'worker':
      return (
        <Link className="btn" to="/workers" search={{}} preload={false}>
          Start a worker
        </Link>
      );
    case 'slot':
      return job.handler === 'remote' ? (
        <Link className="btn" to="/workers" search={{}} preload={false}>
          See the workers
        </Link>
      ) : (
        <Link className="btn" to="/jobs" search={{ status: 'running' }} preload={false}>
          See what runs
        </Link>
      );
  }
}
