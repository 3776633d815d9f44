import { Link } from '@tanstack/react-router';
import { ChevronsLeft, ChevronsRight, Pause, Play } from 'lucide-react';
import { useMemo } from 'react';
import { STRIP_MINUTES, stripBars } from '../../core/history';
import { count } from '../../core/numbers';
import { clock, clockMinutes } from '../../core/time';
import '../../plot/plot.css';
import { IconButton } from '../../ui/Button';
import { useClock, useNow, useServerClock } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { useShortcuts } from '../../ui/shortcuts';
import { useTravelling } from '../past/context';
import { useLiveState, useOffline, useServices } from '../services';
import { useHistory } from '../useHistory';
import { Histogram } from './Histogram';

const MINUTE = 60_000;

/** The log at the foot of every page: its last hour, the time, the place, the playhead, and whether the page is live. */
export function LogStrip() {
  const { live } = useServices();
  const { paused, stats } = useLiveState();
  const { past, canSeek, seek, leave } = useTravelling();
  const offline = useOffline();
  const zone = useZone();
  const { data: slots = [] } = useHistory('minute', STRIP_MINUTES * MINUTE);
  const shownMinute = useNow(true, MINUTE);
  const serverMinute = useServerClock((now) => Math.floor(now / MINUTE) * MINUTE);
  // The page may be in the past, the log goes on.
  const minute = past ? serverMinute : shownMinute;
  const bars = useMemo(() => stripBars(slots, minute), [slots, minute]);
  const time = useClock((now) => clock(now, zone));
  const seq = past ? (past.moment.kind === 'seq' ? past.moment.seq : past.state?.seq) : (stats?.seq ?? 0);
  const shownSeq = past?.view.state ? count(past.view.state.seq) : '…';
  const isLive = !past && !paused && !offline;
  const flip = (): void => live.setPaused(!paused);
  const step = (by: number): void => {
    const next = (seq ?? 0) + by;
    if (past && next > (past.view.state?.newest_seq ?? 0)) leave();
    else seek({ kind: 'seq', seq: Math.max(0, next) }, true);
  };
  const canGoBack = canSeek && seq !== undefined && seq > 0;
  const canGoOn = past !== null && canSeek && seq !== undefined;
  useShortcuts(
    'Log',
    canSeek
      ? [
          { keys: [','], label: 'To the event before', run: () => canGoBack && step(-1) },
          { keys: [';'], label: 'To the next event', run: () => canGoOn && step(1) },
        ]
      : [],
  );
  return (
    <section className={past ? 'spine past' : 'spine'} aria-label="Event log">
      {canSeek && (
        <IconButton
          tone="ghost"
          label="To the event before (,)"
          className="step"
          disabled={!canGoBack}
          onClick={() => step(-1)}
        >
          <ChevronsLeft className="i s" />
        </IconButton>
      )}
      {past ? (
        <IconButton
          tone="ghost"
          label="To the next event (;)"
          className="step"
          disabled={!canGoOn}
          onClick={() => step(1)}
        >
          <ChevronsRight className="i s" />
        </IconButton>
      ) : (
        <IconButton
          tone="ghost"
          label={paused ? 'Go on with live updates (Shift+L)' : 'Pause live updates (Shift+L)'}
          onClick={flip}
        >
          {paused ? <Play className="i s" /> : <Pause className="i s" />}
        </IconButton>
      )}
      <span className="mono faint">{clockMinutes(bars[0]?.at ?? minute, zone)}</span>
      <Histogram bars={bars} />
      <span className="mono">{past?.time === null ? '…' : time}</span>
      <Link
        to="/events"
        search={{}}
        className="mono faint seq"
        title={past ? 'The newest event by then' : 'The newest event'}
      >
        seq {past && seq === undefined ? shownSeq : count(seq ?? 0)}
      </Link>
      {past ? (
        <button type="button" className="chip line off" onClick={leave} title="Return to live (Esc)">
          <b>Past</b>
        </button>
      ) : (
        <button
          type="button"
          className={isLive ? 'chip line' : 'chip line off'}
          disabled={offline}
          onClick={flip}
          title="Shift+L"
        >
          <b>{offline ? 'Offline' : paused ? 'Paused' : 'Live'}</b>
        </button>
      )}
    </section>
  );
}
