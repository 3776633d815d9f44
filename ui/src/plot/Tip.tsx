import type { ReactNode } from 'react';

/** What is under the pointer, beside it and inside the chart. */
export function Tip({ share, children }: { share: number; children: ReactNode }) {
  const side = share > 0.6 ? { right: `${(1 - share) * 100}%` } : { left: `${share * 100}%` };
  return (
    <>
      <span className="pointer" style={{ left: `${share * 100}%` }} aria-hidden="true" />
      <div className="ptip" style={side} aria-hidden="true">
        {children}
      </div>
    </>
  );
}
