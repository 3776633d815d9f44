import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { JobEvent } from '../../api/types';
import { flagGroups, STEP_UNITS, type StepUnit } from '../../core/timeline';
import { PHONE, useMedia } from '../../ui/useMedia';
import { QueryFailure } from '../QueryFailure';
import { Scrubber } from './Scrubber';
import { Transport } from './Transport';
import { useAround } from './useAround';
import { useFlags } from './useFlags';
import { useKeptFrom } from './useKeptFrom';
import { usePins } from './usePins';
import { usePlay } from './usePlay';
import { useTrack } from './useTrack';
import type { Travel } from './useTravel';
import { useTravelKeys } from './useTravelKeys';
import { WholeLog } from './WholeLog';

const APART = 0.028;
const APART_PHONE = 0.09;

export interface Parts {
  events: readonly JobEvent[];
  pins: ReturnType<typeof usePins>;
  newest: number;
}

interface TravelBodyProps {
  travel: Travel;
  children(parts: Parts): ReactNode;
}

/** The track with its playhead, and what moves it. */
export function TravelBody({ travel, children }: TravelBodyProps) {
  const { view, span, stretch, now } = travel;
  const isPhone = useMedia(PHONE);
  const track = useTrack(span, stretch, now);
  const { flags, since } = useFlags(stretch, now);
  const newest = view.state?.newest_seq ?? 0;
  const events = useAround(view.state?.seq ?? null, newest);
  const kept = useKeptFrom();
  const pins = usePins(view.state);
  const play = usePlay(travel);
  const [isDragging, setDragging] = useState(false);
  const { unit, setUnit } = useUnit();
  const moves = useTravelKeys({ travel, events, flags, unit, newest, play, pins });
  return (
    <>
      <section className="scrub" aria-label="Timeline of the event log">
        <WholeLog travel={travel} newest={newest} kept={kept} />
        <Scrubber
          travel={travel}
          track={track}
          groups={flagGroups(flags, stretch, isPhone ? APART_PHONE : APART)}
          flagsSince={since}
          kept={kept}
          pins={pins}
          isDragging={isDragging}
          onDragging={(dragging) => {
            if (dragging) play.stop();
            setDragging(dragging);
          }}
        />
        <QueryFailure title="The track did not load" query={track.query} request="GET /stats/history" />
        <Transport travel={travel} play={play} moves={moves} pins={pins} unit={unit} onUnit={setUnit} />
      </section>
      {children({ events, pins, newest })}
    </>
  );
}

/** How far one step goes; it stands in the address. */
function useUnit(): { unit: StepUnit; setUnit(unit: StepUnit): void } {
  const { step } = useSearch({ from: '/time-travel' });
  const navigate = useNavigate({ from: '/time-travel' });
  return {
    unit: STEP_UNITS.find((unit) => unit === step) ?? 'event',
    setUnit: (unit) =>
      void navigate({
        search: (kept) => ({ ...kept, step: unit === 'event' ? undefined : unit }),
        replace: true,
      }),
  };
}
