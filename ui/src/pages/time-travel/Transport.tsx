import {
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  ChevronsRight,
  Pause,
  Play as PlayMark,
  SkipBack,
  SkipForward,
} from 'lucide-react';
import { SPANS, STEP_UNITS, type StepUnit, spanPlan } from '../../core/timeline';
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
  /** How far one step goes. */
  unit: StepUnit;
  onUnit(unit: StepUnit): void;
}

export function Transport({ travel, play, moves, pins, unit, onUnit }: TransportProps) {
  const { isLive } = travel;
  return (
    <div className="trans">
      <div className="row tight">
        <IconButton tone="ghost" label="Marker before (Shift+M)" onClick={moves.markerBefore}>
          <SkipBack className="i s" />
        </IconButton>
        <IconButton tone="ghost" label={`One ${unit} back (←)`} onClick={() => moves.step(-1)}>
          <ChevronLeft className="i" />
        </IconButton>
        <IconButton tone="acc" label={play.isOn ? 'Pause (Space)' : 'Play (Space)'} onClick={play.flip}>
          {play.isOn ? <Pause className="i s" /> : <PlayMark className="i s" />}
        </IconButton>
        <IconButton
          tone="ghost"
          label={`One ${unit} on (→)`}
          refusal={isLive ? 'This is the newest event' : null}
          onClick={() => moves.step(1)}
        >
          <ChevronRight className="i" />
        </IconButton>
        <IconButton
          tone="ghost"
          label="Next marker (M)"
          refusal={isLive ? 'This is the newest event' : null}
          onClick={moves.nextMarker}
        >
          <SkipForward className="i s" />
        </IconButton>
        <select
          className="input"
          aria-label="Step by"
          value={unit}
          onChange={(event) => onUnit(event.target.value as StepUnit)}
        >
          {STEP_UNITS.map((each) => (
            <option key={each} value={each}>
              by {each}
            </option>
          ))}
        </select>
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
