import { Link } from '@tanstack/react-router';
import { Pause, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import { STRIP_MINUTES, type StripBar, stripBars } from '../../core/history';
import { count, plural } from '../../core/numbers';
import { clock, clockMinutes } from '../../core/time';
import '../../plot/plot.css';
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

const sum = (bars: readonly StripBar[], name: 'all' | 'failed' | 'dead'): number =>
  bars.reduce((total, bar) => total + bar[name], 0);

function Histogram({ bars }: { bars: readonly StripBar[] }) {
  const zone = useZone();
  const [pointed, setPointed] = useState<number | null>(null);
  const shown = pointed === null ? undefined : bars[Math.floor(pointed * bars.length)];
  const label = `Events of the last hour: ${wordsOf(sum(bars, 'all'), sum(bars, 'failed'), sum(bars, 'dead'))}`;
  return (
    <div
      className="track"
      onPointerMove={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        setPointed(Math.min(0.9999, Math.max(0, (event.clientX - box.left) / box.width)));
      }}
      onPointerLeave={() => setPointed(null)}
    >
      <svg viewBox="0 0 1000 100" preserveAspectRatio="none" role="img" aria-label={label}>
        <Bars bars={bars} />
      </svg>
      {shown && pointed !== null && (
        <Tip share={pointed}>
          {clockMinutes(shown.at, zone)}: {wordsOf(shown.all, shown.failed, shown.dead)}
        </Tip>
      )}
    </div>
  );
}

const wordsOf = (all: number, failed: number, dead: number): string =>
  `${plural(all, 'event')}, ${plural(failed, 'failed attempt')}, ${plural(dead, 'dead letter')}`;

const LEAST = 4;

/** Grey all events, amber on top what failed of the attempts, vermilion the dead letters; none of these is too small to see. */
function Bars({ bars }: { bars: readonly StripBar[] }) {
  const top = Math.max(1, ...bars.map((bar) => bar.all));
  const step = 1000 / bars.length;
  const width = step * 0.68;
  const height = (n: number): number => (n === 0 ? 0 : Math.max(LEAST, (n / top) * 100));
  return bars.map((bar, i) => {
    const [dead, failed] = [height(bar.dead), height(bar.failed)];
    const all = Math.max(height(bar.all), dead + failed);
    const place = { x: i * step + (step - width) / 2, width };
    return (
      <g key={bar.at}>
        <rect className="f-mute" {...place} y={100 - Math.max(all, 2)} height={Math.max(all, 2)} />
        {failed > 0 && <rect className="f-retrying" {...place} y={100 - all + dead} height={failed} />}
        {dead > 0 && <rect className="f-failed" {...place} y={100 - all} height={dead} />}
      </g>
    );
  });
}
