import { useEffect, useState } from 'react';
import { serverNow } from '../../ui/serverTime';
import { useStable } from '../../ui/useStable';
import { LIVE, type Travel } from './useTravel';

export const SPEEDS = ['1', '10', '60', '600'] as const;
export type Speed = (typeof SPEEDS)[number];

const TICK_MS = 100;

export interface Play {
  isOn: boolean;
  speed: Speed;
  setSpeed(speed: Speed): void;
  stop(): void;
  flip(): void;
}

/** Lets the playhead run, until it reaches now. */
export function usePlay(travel: Travel): Play {
  const [isOn, setOn] = useState(false);
  const [speed, setSpeed] = useState<Speed>('10');
  const tick = useStable((elapsed: number): void => {
    const { time, isLive } = travel;
    if (time === null) return;
    const next = time + elapsed * Number(speed);
    if (isLive || next >= serverNow()) {
      setOn(false);
      if (!isLive) travel.go(LIVE);
    } else {
      travel.go({ kind: 'time', time: Math.floor(next) }, true);
    }
  });
  useEffect(() => {
    if (!isOn) return;
    let last = performance.now();
    const timer = window.setInterval(() => {
      const now = performance.now();
      tick(now - last);
      last = now;
    }, TICK_MS);
    return () => window.clearInterval(timer);
  }, [isOn, tick]);
  const flip = (): void => {
    // From now on there is nothing to play: it starts where the track begins.
    if (!isOn && travel.isLive) travel.go({ kind: 'time', time: travel.stretch.from });
    setOn(!isOn);
  };
  return { isOn, speed, setSpeed, stop: () => setOn(false), flip };
}
