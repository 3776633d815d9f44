import { useEffect, useState } from 'react';

const SHOW_AFTER_MS = 150;
const SLOW_MS = 2000;
const WIDTHS = [62, 48, 71, 55, 66, 42, 59, 68];

/** Grey rows, only for a first load that takes a moment. */
export function Skeleton() {
  const [isShown, setShown] = useState(false);
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setShown(true), SHOW_AFTER_MS);
    const later = window.setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      window.clearTimeout(timer);
      window.clearTimeout(later);
    };
  }, []);
  return (
    <div role="status" aria-label="Loading jobs">
      {isShown && (
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
      {isSlow && <p className="dim slow">Still searching. The server has much to look through.</p>}
    </div>
  );
}
