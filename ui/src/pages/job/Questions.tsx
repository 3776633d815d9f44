import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';
import { keys } from '../../api/keys';
import type { Job, JobEvent, WithText } from '../../api/types';
import { getWhy } from '../../api/why';
import { isOpen, type Question, questionsOf, toggled } from '../../core/questions';
import { delayReason, failReason } from '../../core/reasons';
import { millis, timesIn } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { SeqLink } from './SeqLink';
import './questions.css';

// Most jobs have their questions closed.
const Details = lazy(() =>
  import('./AnswerDetails').then(({ AnswerDetails }) => ({ default: AnswerDetails })),
);

/** What holds a job may change without an event of the job. */
const REFETCH_MS = 2000;

const WORDS: Record<Question, string> = {
  waiting: 'Why is it not running?',
  delay: 'Why this delay?',
  failed: 'Why is it Failed?',
  twice: 'Why did it run more than once?',
};

interface QuestionsProps {
  job: Job;
  /** The job as it was: the server answers for now only. */
  isPast: boolean;
  events: readonly JobEvent[];
  chosen: string | undefined;
  onChange(chosen: string): void;
  onEvent(seq: number): void;
  /** Takes the answer of an action in. */
  onTaken(job: WithText<Job>): void;
}

/** The questions the log can answer about this job; a job without any shows nothing. */
export function Questions(props: QuestionsProps) {
  const { job, isPast, events, chosen, onChange, onEvent, onTaken } = props;
  const { data } = useQuery({
    queryKey: [...keys.why(job.id), job.version],
    queryFn: () => getWhy(job.id),
    enabled: !isPast,
    placeholderData: keepPreviousData,
    retry: false,
    refetchInterval: (query) => (query.state.data?.waiting && !query.state.error ? REFETCH_MS : false),
  });
  const why = isPast ? undefined : data;
  const delay = useMemo(() => delayReason(job, events), [job, events]);
  const failed = useMemo(() => failReason(job, events), [job, events]);
  const told: Question[] = [...(delay ? ['delay' as const] : []), ...(failed ? ['failed' as const] : [])];
  const questions = questionsOf(why, told);
  const toggle = (question: Question): void => onChange(toggled(question, chosen, why, told));
  const zone = useZone();
  useShortcuts('Job questions', [
    {
      keys: ['w'],
      label: questions[0] ? WORDS[questions[0]] : 'Why',
      isCommand: questions.length > 0,
      run: () => {
        if (questions[0]) toggle(questions[0]);
      },
    },
  ]);
  const link = (seq: number) => (
    <SeqLink seq={seq} own={events.find((event) => event.seq === seq)} onEvent={onEvent} />
  );
  const answers: Record<Question, Answer | null | undefined> = {
    waiting: why?.waiting && {
      sentence: timesIn(why.waiting.sentence, zone, millis(why.at)),
      details: <Details question="waiting" why={why} job={job} onTaken={onTaken} link={link} />,
    },
    delay: delay && {
      sentence: delay.sentence,
      details: <Details question="delay" reason={delay} job={job} link={link} />,
    },
    failed: failed && {
      sentence: failed.sentence,
      details: <Details question="failed" reason={failed} link={link} />,
    },
    twice: why && {
      sentence: timesIn(why.executions.sentence, zone, millis(why.at)),
      details: <Details question="twice" runs={why.executions.runs} link={link} />,
    },
  };
  return questions.map((question) => {
    const answer = answers[question];
    return (
      answer && (
        <Answered
          key={question}
          question={question}
          answer={answer}
          isOpen={isOpen(question, chosen, why)}
          onToggle={() => toggle(question)}
        />
      )
    );
  });
}

interface Answer {
  sentence: string;
  details: ReactNode;
}

interface AnsweredProps {
  question: Question;
  answer: Answer;
  isOpen: boolean;
  onToggle(): void;
}

function Answered({ question, answer, isOpen, onToggle }: AnsweredProps) {
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <section className="question" aria-labelledby={`h-${question}`}>
      <h2 id={`h-${question}`}>
        <button type="button" className="qh" aria-expanded={isOpen} onClick={onToggle}>
          <Chevron className="i s" aria-hidden="true" />
          {WORDS[question]}
        </button>
      </h2>
      <p className={isOpen ? 'answer' : 'answer ellip dim'}>{answer.sentence}</p>
      {isOpen && <Suspense fallback={null}>{answer.details}</Suspense>}
    </section>
  );
}
