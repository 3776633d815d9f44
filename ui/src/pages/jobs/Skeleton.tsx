import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button';
import { type Search, useSlow } from './search';

const SHOW_AFTER_MS = 150;
const WIDTHS = [62, 48, 71, 55, 66, 42, 59, 68];

/** Grey rows, only for a first load that takes a moment; one that takes long can be stopped where it is a search. */
export function Skeleton({ search }: { search?: Search }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => window.clearTimeout(timer);
  }, []);
  const isSlowByItself = useSlow(search === undefined);
  const isSlow = search?.isSlow ?? isSlowByItself;
  const isStopped = search?.isStopped ?? false;
  const words = isStopped
    ? 'Stopped. Nothing had been found by then.'
    : isSlow
      ? 'Still searching. The server has much to look through.'
      : '';
  return (
    <>
      <div role="status" aria-label="Loading jobs">
        {isShown && !isStopped && (
          <ul className="sk" aria-hidden="true">
            {WIDTHS.map((width) => (
              <li key={width}>
                <i style={{ width: 14 }} />
                <i style={{ width: 74 }} />
                <i style={{ width: `${width}%` }} />
                <i style={{ width: 52 }} />
              </li>
            ))}
          </ul>
        )}
        {words && <p className="dim slow">{words}</p>}
      </div>
      {search && words && (
        <div className="slow act">
          <Button onClick={isStopped ? search.again : search.stop}>
            {isStopped ? 'Search again' : 'Stop'}
          </Button>
        </div>
      )}
    </>
  );
}
