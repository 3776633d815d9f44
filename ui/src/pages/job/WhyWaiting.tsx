import { Check, Play } from 'lucide-react';
import type { Why } from '../../api/why';
import { count } from '../../core/numbers';
import { type GateBar, gateBars } from '../../core/questions';
import { duration, millis, timesIn } from '../../core/time';
import { Button } from '../../ui/Button';
import { useZone } from '../../ui/preferences';
import { ClockTime } from '../../ui/Time';
import { useQueueOrders } from '../queues/useQueueOrders';
import { useRefusal } from '../services';

interface WhyWaitingProps {
  why: Why;
  queue: string;
  link(seq: number): React.ReactNode;
}

/** The gates a start asks: the closed ones as bars up to now, the open ones named. */
export function WhyWaiting({ why, queue, link }: WhyWaitingProps) {
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
            queue={queue}
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
          {count(why.waiting?.ready_in_queue ?? 0)} ready in {queue}
        </span>
      </p>
    </>
  );
}

interface GateRowProps extends Pick<WhyWaitingProps, 'queue' | 'link'> {
  bar: GateBar;
  sentence: string;
}

function GateRow({ bar, sentence, queue, link }: GateRowProps) {
  const { gate, from, forMs } = bar;
  const orders = useQueueOrders();
  const refusal = useRefusal();
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
        {gate.gate === 'queue' && (
          <Button refusal={refusal} onClick={() => void orders.resume(queue)}>
            <Play className="i s" />
            Resume {queue}
          </Button>
        )}
      </span>
    </li>
  );
}

const sentenceCase = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
