import type { ReactNode } from 'react';

/** A name and what there is to say of it, in the head of a job. */
export function Fact({ name, isWide, children }: { name: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? 'wide3' : undefined}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
