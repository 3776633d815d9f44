import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { keys } from '../../api/keys';
import type { Job, JobEvent, WithText } from '../../api/types';
import { getWhy, type Why } from '../../api/why';
import { isOpen, type Question, questionsOf, toggled } from '../../core/questions';
import { millis, timesIn } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { SeqLink } from './SeqLink';
import './questions.css';
import { WhyTwice } from './WhyTwice';
import { WhyWaiting } from './WhyWaiting';

/** What holds a job may change without an event of the job. */
const REFETCH_MS = 2000;

const WORDS: Record<Question, string> = {
  waiting: 'Why is it not running?',
  twice: 'Why did it run more than once?',
};

interface QuestionsProps {
  job: Job;
  events: readonly JobEvent[];
  chosen: string | undefined;
  onChange(chosen: string): void;
  onEvent(seq: number): void;
  /** Takes the answer of an action in. */
  onTaken(job: WithText<Job>): void;
}

/** The questions the log can answer about this job; a job without any shows nothing. */
export function Questions({ job, events, chosen, onChange, onEvent, onTaken }: QuestionsProps) {
  const { data: why } = useQuery({
    queryKey: [...keys.why(job.id), job.version],
    queryFn: () => getWhy(job.id),
    placeholderData: keepPreviousData,
    retry: false,
    refetchInterval: (query) => (query.state.data?.waiting && !query.state.error ? REFETCH_MS : false),
  });
  const questions = why ? questionsOf(why) : [];
  useShortcuts('Job questions', [
    {
      keys: ['w'],
      label: questions[0] ? WORDS[questions[0]] : 'Why',
      isCommand: questions.length > 0,
      run: () => {
        if (why && questions[0]) onChange(toggled(questions[0], chosen, why));
      },
    },
  ]);
  if (!why) return null;
  const link = (seq: number) => (
    <SeqLink seq={seq} own={events.find((event) => event.seq === seq)} onEvent={onEvent} />
  );
  return questions.map((question) => (
    <Answered
      key={question}
      question={question}
      why={why}
      isOpen={isOpen(question, chosen, why)}
      onToggle={() => onChange(toggled(question, chosen, why))}
      job={job}
      onTaken={onTaken}
      link={link}
    />
  ));
}

interface AnsweredProps {
  question: Question;
  why: Why;
  job: Job;
  onTaken: QuestionsProps['onTaken'];
  isOpen: boolean;
  onToggle(): void;
  link(seq: number): React.ReactNode;
}

function Answered({ question, why, job, onTaken, isOpen, onToggle, link }: AnsweredProps) {
  const zone = useZone();
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const sentence = question === 'waiting' ? why.waiting?.sentence : why.executions.sentence;
  return (
    <section className="question" aria-labelledby={`h-${question}`}>
      <h2 id={`h-${question}`}>
        <button type="button" className="qh" aria-expanded={isOpen} onClick={onToggle}>
          <Chevron className="i s" aria-hidden="true" />
          {WORDS[question]}
        </button>
      </h2>
      <p className={isOpen ? 'answer' : 'answer ellip dim'}>
        {timesIn(sentence ?? '', zone, millis(why.at))}
      </p>
      {isOpen && question === 'waiting' && <WhyWaiting why={why} job={job} onTaken={onTaken} link={link} />}
      {isOpen && question === 'twice' && <WhyTwice runs={why.executions.runs} link={link} />}
    </section>
  );
}
