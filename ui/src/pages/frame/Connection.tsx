import { Play } from 'lucide-react';
import { rate, shortCount } from '../../core/numbers';
import { clockMinutes } from '../../core/time';
import { isCatchingUp, isOffline } from '../../live/connection';
import { Button, IconButton } from '../../ui/Button';
import { useRealClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { useIsPast } from '../past/context';
import { useLiveState, useServices } from '../services';
import { useServerTime } from '../useServerTime';

const RATE_STEP_MS = 500;
const LAG_STEP_MS = 100;
/** In seconds. */
const LAG_FROM = 1;

/** Whether the page is live, and if not, since when and what happens next. */
export function Connection() {
  const { live } = useServices();
  const { connection, paused } = useLiveState();
  const zone = useZone();
  const isPast = useIsPast();
  const { phase, downSince, retryAt } = connection;
  const offline = useRealClock((now) => isOffline(connection, now));
  const perSecond = useRealClock((now) => live.eventRate(Math.floor(now / RATE_STEP_MS) * RATE_STEP_MS));
  const lag = useLag();
  const catchesUp = useRealClock((now) => isCatchingUp(connection, lag * 1000, now));
  const left = useRealClock((now) => (retryAt === null ? 0 : Math.max(0, Math.ceil((retryAt - now) / 1000))));
  const unseen = useRealClock(() => live.unseen());
  if (isPast && (!offline || catchesUp)) {
    return (
      <>
        <span className="dot paused" />
        <span role="status">Live paused</span>
      </>
    );
  }
  if (paused) {
    return (
      <>
        <span className="dot paused" />
        <span className="num ellip" role="status">
          Paused by you, {shortCount(unseen)} new
        </span>
        <span className="grow" />
        <IconButton tone="ghost" className="small" label="Resume" onClick={() => live.setPaused(false)}>
          <Play className="i s" />
        </IconButton>
      </>
    );
  }
  if (catchesUp) {
    return (
      <>
        <span className="dot warn" />
        <span role="status">Catching up</span>
        <Lag seconds={lag} />
      </>
    );
  }
  if (phase === 'live') {
    return (
      <>
        <span className="dot on" />
        <span>Live, {rate(perSecond).replace('/s', ' ev/s')}</span>
        <Lag seconds={lag} />
      </>
    );
  }
  const words =
    offline && downSince !== null
      ? `Offline since ${clockMinutes(downSince, zone)}`
      : waitingWords(phase, left);
  return (
    <>
      <span className={offline ? 'dot bad' : 'dot warn'} />
      <span role="status">{words}</span>
      <span className="grow" />
      {phase === 'waiting' && (
        <Button tone="ghost" className="small" onClick={() => live.retryNow()}>
          Try now
        </Button>
      )}
    </>
  );
}

/** In seconds. A clock that is moved by hand says nothing of how late anything is. */
function useLag(): number {
  const { live } = useServices();
  const lag = useRealClock((now) => Math.round(live.lag(now) / LAG_STEP_MS) / 10);
  const kind = useServerTime();
  return kind === 'real' ? lag : 0;
}

function Lag({ seconds }: { seconds: number }) {
  if (seconds < LAG_FROM) return null;
  return (
    <>
      <span className="grow" />
      <span className="c-retrying num">lag {seconds.toFixed(1)} s</span>
    </>
  );
}

function waitingWords(phase: 'connecting' | 'waiting', left: number): string {
  return phase === 'connecting' ? 'Connecting' : `Reconnecting in ${left} s`;
}
