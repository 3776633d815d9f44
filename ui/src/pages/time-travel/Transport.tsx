import {
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  Flag,
  Pause,
  Play as PlayMark,
} from 'lucide-react';
import { SPANS, spanPlan } from '../../core/timeline';
import { Button, IconButton } from '../../ui/Button';
import { Glyph } from '../../ui/Glyph';
import { Segmented } from '../../ui/Segmented';
import type { Pins } from './usePins';
import { type Play, SPEEDS } from './usePlay';
import type { Travel } from './useTravel';
import type { Moves } from './useTravelKeys';

const SPAN_OPTIONS = SPANS.map((span) => [span, spanPlan(span).words] as const);
const SPEED_OPTIONS = SPEEDS.map((speed) => [speed, `${speed}×`] as const);
const PAGE = 0.5;

interface TransportProps {
  travel: Travel;
  play: Play;
  moves: Moves;
  pins: Pins;
}

export function Transport({ travel, play, moves, pins }: TransportProps) {
  const { isLive } = travel;
  return (
    <div className="trans">
      <div className="row tight">
        <IconButton tone="ghost" label="One event back (←)" onClick={() => moves.step(-1)}>
          <ChevronLeft className="i" />
        </IconButton>
        <IconButton tone="acc" label={play.isOn ? 'Pause (Space)' : 'Play (Space)'} onClick={play.flip}>
          {play.isOn ? <Pause className="i s" /> : <PlayMark className="i s" />}
        </IconButton>
        <IconButton
          tone="ghost"
          label="One event on (→)"
          refusal={isLive ? 'This is the newest event' : null}
          onClick={() => moves.step(1)}
        >
          <ChevronRight className="i" />
        </IconButton>
      </div>
      <Segmented label="Speed" options={SPEED_OPTIONS} value={play.speed} onChange={play.setSpeed} />
      <div className="row tight">
        <IconButton tone="ghost" label="Earlier on the track" onClick={() => travel.shift(-PAGE)}>
          <ChevronsLeft className="i" />
        </IconButton>
        <Segmented label="Range" options={SPAN_OPTIONS} value={travel.span} onChange={travel.setSpan} />
        <IconButton
          tone="ghost"
          label="Later on the track"
          refusal={travel.stretch.to >= travel.now ? 'The track ends now' : null}
          onClick={() => travel.shift(PAGE)}
        >
          <ChevronsRight className="i" />
        </IconButton>
      </div>
      <span className="grow" />
      <div className="row jumps">
        <span className="faint nx">next</span>
        <Button onClick={moves.nextFailure}>
          <Glyph name="ATTEMPT_FAILED" ground="var(--raised)" />
          <span>
            <span className="sr">next </span>
            failure
          </span>{' '}
          <kbd aria-hidden="true">F</kbd>
        </Button>
        <Button onClick={moves.nextDeadLetter}>
          <Glyph name="FAILED" ground="var(--raised)" />
          <span>
            <span className="sr">next </span>
            dead letter
          </span>{' '}
          <kbd aria-hidden="true">D</kbd>
        </Button>
        <Button onClick={moves.nextMarker}>
          <Flag className="i s" />
          <span>
            <span className="sr">next </span>
            marker
          </span>{' '}
          <kbd aria-hidden="true">M</kbd>
        </Button>
        <Button title="Set pin A" onClick={() => pins.set('A')}>
          Pin A
        </Button>
        <Button title="Set pin B" onClick={() => pins.set('B')}>
          Pin B
        </Button>
      </div>
    </div>
  );
}
