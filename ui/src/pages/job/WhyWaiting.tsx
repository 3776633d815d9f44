import { Check } from 'lucide-react';
import type { Job, WithText } from '../../api/types';
import type { Why } from '../../api/why';
import { count } from '../../core/numbers';
import { type GateBar, gateBars } from '../../core/questions';
import { duration, millis, timesIn } from '../../core/time';
import { useZone } from '../../ui/preferences';
import { ClockTime } from '../../ui/Time';
import { GateRemedy } from './GateRemedy';

interface WhyWaitingProps {
  why: Why;
  job: Job;
  onTaken(job: WithText<Job>): void;
  link(seq: number): React.ReactNode;
}

/** The gates a start asks: the closed ones as bars up to now, the open ones named. */
export function WhyWaiting({ why, job, onTaken, link }: WhyWaitingProps) {
  const gates = why.waiting?.gates ?? [];
  const zone = useZone();
  const open = gates.filter((gate) => !gate.closed);
  return (
    <>
      <ul className="gates">
        {gateBars(gates, millis(why.at)).map((bar) => (
          <GateRow
            key={bar.gate.gate}
            bar={bar}
            sentence={timesIn(bar.gate.sentence, zone, millis(why.at))}
            job={job}
            onTaken={onTaken}
            link={link}
          />
        ))}
      </ul>
      <p className="notreason">
        <span className="dim">Not the reason</span>
        {open.map((gate) => (
          <span key={gate.gate} className="row tight">
            <Check className="i s c-succeeded" aria-hidden="true" />
            {timesIn(gate.sentence, zone, millis(why.at))}
          </span>
        ))}
        <span className="dim num">
          {count(why.waiting?.ready_in_queue ?? 0)} ready in {job.queue}
        </span>
      </p>
    </>
  );
}

interface GateRowProps extends Pick<WhyWaitingProps, 'job' | 'onTaken' | 'link'> {
  bar: GateBar;
  sentence: string;
}

function GateRow({ bar, sentence, job, onTaken, link }: GateRowProps) {
  const { gate, from, forMs } = bar;
  return (
    <li data-gate={gate.gate}>
      <span className="what">
        <b>{sentenceCase(sentence)}</b>
      </span>
      <svg className="track" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect
          className={from === null ? 'unknown' : undefined}
          x={from ?? 0}
          width={Math.max(0.6, 100 - (from ?? 0))}
          height="10"
        />
      </svg>
      <span className="num since">
        {gate.since === null || forMs === null ? (
          <span className="dim">at this moment</span>
        ) : (
          <>
            <span className="dim">
              since <ClockTime at={gate.since} />
            </span>
            <b>{duration(forMs)}</b>
          </>
        )}
      </span>
      <span className="cause">{gate.event === null ? null : link(gate.event)}</span>
      <span className="act">
        <GateRemedy gate={gate.gate} job={job} onTaken={onTaken} />
      </span>
    </li>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
