import { changesBetween } from '../../core/comparison';
import { count, plural } from '../../core/numbers';
import { SUCCEEDED_LAST } from '../../core/status';
import { clock, duration, millis } from '../../core/time';
import { Button } from '../../ui/Button';
import { StatusMark } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';
import { Attempts } from './Attempts';
import type { Pins } from './usePins';

/** What changed from pin A to pin B. */
export function Comparison({ pins }: { pins: Pins }) {
  const zone = useZone();
  const [a, b] = ['A', 'B'].map((name) => pins.list.find((pin) => pin.name === name));
  if (pins.list.length === 0) return <Invitation />;
  const ready = a?.state && b?.state ? { a: a.state, b: b.state } : null;
  const failed = pins.list.find((pin) => pin.error);
  const changes = ready ? changesBetween(ready.a.by_status, ready.b.by_status, SUCCEEDED_LAST) : [];
  return (
    <section className="ab" aria-labelledby="h-ab">
      <header className="hd">
        <h2 id="h-ab">From A to B</h2>
        {ready && (
          <span className="sub num">
            {clock(millis(ready.a.at), zone)} to {clock(millis(ready.b.at), zone)}
          </span>
        )}
        <span className="grow" />
        <Button tone="ghost" className="small" onClick={pins.clear}>
          Clear
        </Button>
      </header>
      {failed && (
        <p className="fault none" role="alert">
          Pin {failed.name}: {failed.error?.message}
        </p>
      )}
      {!(a && b) && (
        <p className="faint none">
          {a ? 'A' : 'B'} stands at event {count((a ?? b)?.seq ?? 0)}. Go elsewhere and press{' '}
          <kbd>{a ? 'B' : 'A'}</kbd>.
        </p>
      )}
      {ready && (
        <>
          <p className="none num">
            {plural(Math.abs(ready.b.seq - ready.a.seq), 'event')} in{' '}
            {duration(Math.abs(millis(ready.b.at) - millis(ready.a.at)))}
            {ready.b.seq < ready.a.seq && ', backwards'}
          </p>
          <Attempts from={Math.min(ready.a.seq, ready.b.seq)} to={Math.max(ready.a.seq, ready.b.seq)} />
          {changes.length === 0 && <p className="faint none">The counts are the same.</p>}
          <ul className="diff num">
            {changes.map(({ status, from, to, words }) => (
              <li key={status}>
                <StatusMark status={status} />
                <span className="right dim">{count(from)}</span>
                <span className="faint">to</span>
                <span>{count(to)}</span>
                <span className="right">{words}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Invitation() {
  return (
    <section className="ab">
      <p className="faint none first">
        Press <kbd>A</kbd> at one moment and <kbd>B</kbd> at another to see what changed between them.
      </p>
    </section>
  );
}
