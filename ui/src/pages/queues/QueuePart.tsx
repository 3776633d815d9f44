import type { ReactNode } from 'react';

interface QueuePartProps {
  id: string;
  title: string;
  sub?: string;
  side?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** One part of the detail, with its heading. */
export const QueuePart = ({ id, title, sub, side, className = '', children }: QueuePartProps) => (
  <section className={`cell ${className}`} aria-labelledby={id}>
    <header className="hd">
      <h3 id={id}>{title}</h3>
      {sub && <span className="sub num">{sub}</span>}
      <span className="grow" />
      {side}
    </header>
    {children}
  </section>
);
