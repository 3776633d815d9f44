import { Link } from '@tanstack/react-router';
import type { Job, JobEvent } from '../../api/types';
import { percent } from '../../core/numbers';
import { type Outcome, planSteps, readPlan } from '../../core/plan';
import { policyName, policyWords } from '../../core/policy';
import { attemptNumber, isEnded } from '../../core/status';
import { duration } from '../../core/time';
import { JobTicks } from '../../ui/Ticks';
import { RelativeTime } from '../../ui/Time';
import { Fact } from './Fact';
import { WorkFacts } from './WorkFacts';

const MOST_STEPS = 8;

export function Facts({ job, events }: { job: Job; events: readonly JobEvent[] }) {
  const isSimulated = job.handler === null || job.handler === 'simulate';
  const tags = job.tags.filter((tag) => !tag.startsWith('batch:'));
  return (
    <dl className="meta">
      <Fact name="Queue">
        <Link to="/queues/$name" params={{ name: job.queue }} search={{}} preload={false}>
          {job.queue}
        </Link>
      </Fact>
      <Fact name="Priority">{job.priority}</Fact>
      <Fact name="Attempts">
        {job.status === 'SUCCEEDED' || job.status === 'RUNNING' ? job.attempts + 1 : job.attempts} of{' '}
        {job.max_attempts} <JobTicks job={job} />
      </Fact>
      <Fact name="Created">
        <RelativeTime at={job.created_at} />
      </Fact>
      {job.generation > 1 && <Fact name="Generation">{job.generation}</Fact>}
      {job.timeout_ms !== null && <Fact name="Timeout">{duration(job.timeout_ms)}</Fact>}
      {tags.length > 0 && <Fact name="Tags">{tags.join(', ')}</Fact>}
      <Fact name="Policy" isWide>
        {policyName(job.retry) ?? policyWords(job.retry)}
      </Fact>
      <WorkFacts job={job} events={events} />
      {isSimulated && <PlanFact job={job} />}
    </dl>
  );
}

/** The steps that the payload fixes, the next one ringed; or the odds. */
function PlanFact({ job }: { job: Job }) {
  const plan = readPlan(job.payload);
  const steps = planSteps(plan, job.max_attempts);
  if (plan.kind === 'random' && steps.length === 0) {
    const seed = plan.seed === null ? '' : `, seed ${plan.seed}`;
    return <Fact name="Failure plan" isWide>{`random, succeeds with ${percent(plan.rate)}${seed}`}</Fact>;
  }
  const next = isEnded(job.status) ? 0 : attemptNumber(job);
  const shown = steps.slice(0, MOST_STEPS);
  return (
    <Fact name="Failure plan" isWide>
      <span className="seqp" role="img" aria-label={stepWords(steps)}>
        {shown.map((step, i) => (
          <i key={i} className={[step === 'success' ? 'o' : '', i + 1 === next ? 'nx' : ''].join(' ').trim()}>
            {step}
          </i>
        ))}
      </span>
      {steps.length > shown.length && <span className="faint">and {steps.length - shown.length} more</span>}
    </Fact>
  );
}

const stepWords = (steps: readonly Outcome[]): string => steps.join(', then ');
