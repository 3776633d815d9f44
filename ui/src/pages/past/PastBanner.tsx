import { Link } from '@tanstack/react-router';
import { ScanSearch } from 'lucide-react';
import { useServerClock } from '../../ui/clock';
import { Banner } from './Banner';
import { usePastHere, useTravelling } from './context';

const SECOND = 1000;

/** Over every page that shows the past in its own layout. */
export function PastBanner() {
  const { leave } = useTravelling();
  const { moment, state, time } = usePastHere();
  const now = useServerClock((at) => Math.floor(at / SECOND) * SECOND);
  return (
    <Banner
      isLive={false}
      seq={moment.kind === 'seq' ? moment.seq : (state?.seq ?? null)}
      time={time}
      now={now}
      onLive={leave}
      note="Actions are off until you return."
    >
      <Link
        className="btn ghost lk"
        to="/time-travel"
        search={{ range: '1h' }}
        aria-label="Open in Time travel"
        preload={false}
      >
        <ScanSearch className="i s" />
        <span className="lt">Open in Time travel</span>
      </Link>
    </Banner>
  );
}
