import { Link, useNavigate } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { type PointerEvent, useMemo, useState } from 'react';
import { type EventBar, STRIP_MINUTES, stripBars } from '../../core/history';
import { count, plural } from '../../core/numbers';
import { clock, clockMinutes, isoMillis } from '../../core/time';
import '../../plot/plot.css';
import { EventBars } from '../../plot/EventBars';
import { shareUnder } from '../../plot/shareUnder';
import { Tip } from '../../plot/Tip';
import { IconButton } from '../../ui/Button';
import { useClock, useNow } from '../../ui/clock';
import { useZone } from '../../ui/preferences';
import { useLiveState, useOffline, useServices } from '../services';
import { useHistory } from '../useHistory';

const MINUTE = 60_000;

/** The log at the foot of every page: its last hour, the time, the place, and whether it is live. */
export function LogStrip() {
  const { live } = useServices();
  const { paused, stats } = useLiveState();
  const offline = useOffline();
  const zone = useZone();
  const { data: slots = [] } = useHistory('minute', STRIP_MINUTES * MINUTE);
  const minute = useNow(true, MINUTE);
  const bars = useMemo(() => stripBars(slots, minute), [slots, minute]);
  const time = useClock((now) => clock(now, zone));
  const isLive = !paused && !offline;
  const flip = (): void => live.setPaused(!paused);
  return (
    <section className="spine" aria-label="Event log">
      <IconButton
        tone="ghost"
        label={paused ? 'Go on with live updates (Shift+L)' : 'Pause live updates (Shift+L)'}
        onClick={flip}
      >
        {paused ? <Play className="i s" /> : <Pause className="i s" />}
      </IconButton>
      <span className="mono faint">{clockMinutes(bars[0]?.at ?? minute, zone)}</span>
      <Histogram bars={bars} />
      <span className="mono">{time}</span>
      <Link to="/events" search={{}} className="mono faint seq" title="The newest event">
        seq {count(stats?.seq ?? 0)}
      </Link>
      <button
        type="button"
        className={isLive ? 'chip line' : 'chip line off'}
        disabled={offline}
        onClick={flip}
        title="Shift+L"
      >
        <b>{offline ? 'Offline' : paused ? 'Paused' : 'Live'}</b>
      </button>
    </section>
  );
}

const sum = (bars: readonly EventBar[], name: 'all' | 'failed' | 'dead'): number =>
  bars.reduce((total, bar) => total + bar[name], 0);

function Histogram({ bars }: { bars: readonly EventBar[] }) {
  const zone = useZone();
  const navigate = useNavigate();
  const [pointed, setPointed] = useState<number | null>(null);
  const [isDragging, setDragging] = useState(false);
  const shown = pointed === null ? undefined : bars[Math.floor(pointed * bars.length)];
  const label = `Events of the last hour: ${wordsOf(sum(bars, 'all'), sum(bars, 'failed'), sum(bars, 'dead'))}`;
  const timeOf = (share: number): number => (bars[0]?.at ?? 0) + share * STRIP_MINUTES * MINUTE;
  const release = (event: PointerEvent<HTMLElement>): void => {
    setDragging(false);
    const time = Math.min(Date.now(), timeOf(shareUnder(event)));
    void navigate({ to: '/time-travel', search: { range: '1h', at: isoMillis(time) } });
  };
  return (
    <div
      className="track goes"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={(event) => setPointed(shareUnder(event))}
      onPointerUp={(event) => isDragging && release(event)}
      onPointerCancel={() => setDragging(false)}
      onPointerLeave={() => setPointed(null)}
    >
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={label}>
        <EventBars bars={bars} />
      </svg>
      {shown && pointed !== null && (
        <Tip share={pointed}>
          {isDragging
            ? `Release to look at ${clock(timeOf(pointed), zone)}`
            : `${clockMinutes(shown.at, zone)}: ${wordsOf(shown.all, shown.failed, shown.dead)}`}
        </Tip>
      )}
    </div>
  );
}

const wordsOf = (all: number, failed: number, dead: number): string =>
  `${plural(all, 'event')}, ${plural(failed, 'failed attempt')}, ${plural(dead, 'dead letter')}`;
