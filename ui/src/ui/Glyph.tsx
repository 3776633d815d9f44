import type { ReactNode } from 'react';
import type { Status } from '../api/types';
import { statusClass, statusLabel } from '../core/status';

// Each status has its own silhouette, so that it is never told apart by colour alone.

const ring = (width: number, dashes?: string): ReactNode => (
  <circle
    cx="7"
    cy="7"
    r="5.5"
    fill="none"
    stroke="currentColor"
    strokeWidth={width}
    strokeDasharray={dashes}
  />
);

const stroke = (d: string, width: number, color = 'currentColor'): ReactNode => (
  <path d={d} fill="none" stroke={color} strokeWidth={width} strokeLinecap="round" strokeLinejoin="round" />
);

const CROSS = 'm5.1 5.1 3.8 3.8M8.9 5.1 5.1 8.9';
const OCTAGON = 'M4.4.8h5.2l3.6 3.6v5.2l-3.6 3.6H4.4L.8 9.6V4.4z';

export type GlyphName = Status | 'ATTEMPT_FAILED' | 'PLANNED' | 'SYSTEM';

const SHAPES: Record<GlyphName, (ground: string) => ReactNode> = {
  SCHEDULED: () => [ring(1.5, '2.2 1.5'), stroke('M7 4.4V7l1.7 1.1', 1.5)],
  PLANNED: () => [ring(1.5, '2.2 1.5'), stroke('M7 4.4V7l1.7 1.1', 1.5)],
  QUEUED: () => ring(1.7),
  RUNNING: () => [ring(1.5), <path key="pie" d="M7 7V3.4A3.6 3.6 0 1 1 3.9 8.8z" fill="currentColor" />],
  RETRYING: () => [
    stroke('M12.2 7a5.2 5.2 0 1 1-1.7-3.85', 1.7),
    <path key="tip" d="M11.6.9v3.2H8.4z" fill="currentColor" />,
    <circle key="dot" cx="7" cy="7" r="1.4" fill="currentColor" />,
  ],
  SUCCEEDED: (ground) => [
    <circle key="disc" cx="7" cy="7" r="6.2" fill="currentColor" />,
    stroke('m4.3 7.2 1.9 1.9 3.6-4', 1.6, ground),
  ],
  FAILED: (ground) => [
    <path key="octagon" d={OCTAGON} fill="currentColor" />,
    stroke('m4.9 4.9 4.2 4.2M9.1 4.9 4.9 9.1', 1.6, ground),
  ],
  CANCELLED: () => [ring(1.5), stroke('m3.3 10.7 7.4-7.4', 1.5)],
  DISCARDED: () => [
    stroke('M4.6 1.4h4.8l3.2 3.2v4.8l-3.2 3.2H4.6L1.4 9.4V4.6z', 1.5),
    stroke('M4.6 7h4.8', 1.5),
  ],
  ATTEMPT_FAILED: () => [ring(1.5), stroke(CROSS, 1.5)],
  SYSTEM: () => [
    <rect
      key="square"
      x="1.6"
      y="1.6"
      width="10.8"
      height="10.8"
      rx="2.4"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />,
    <circle key="dot" cx="7" cy="7" r="1.7" fill="currentColor" />,
  ],
};

const TONES: Partial<Record<GlyphName, string>> = {
  ATTEMPT_FAILED: 'failed',
  PLANNED: 'cancelled',
  SYSTEM: 'accent',
};

export function Glyph({ name, ground = 'var(--surface)' }: { name: GlyphName; ground?: string }) {
  const tone = TONES[name] ?? name.toLowerCase();
  const shapes = SHAPES[name](ground);
  return (
    <svg className={`c-${tone}`} viewBox="0 0 14 14" width="14" height="14" aria-hidden="true">
      {(Array.isArray(shapes) ? shapes : [shapes]).map((shape, i) => (
        <g key={i}>{shape}</g>
      ))}
    </svg>
  );
}

export const StatusMark = ({ status }: { status: Status }) => (
  <span className="st">
    <Glyph name={status} />
    {statusLabel(status)}
  </span>
);

export const StatusPill = ({ status }: { status: Status }) => (
  <span className={`pill t-${statusClass(status)}`}>
    <Glyph name={status} ground={`var(--${statusClass(status)}-tint)`} />
    {statusLabel(status)}
  </span>
);

export const Logo = ({ className }: { className?: string }) => (
  <svg className={className} width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
    <rect width="22" height="22" rx="6" fill="var(--primary)" />
    <path
      d="M5 15.5h2.2M9 15.5h2.2M9 11.8h2.2M13 15.5h2.6M13 11.8h2.6M13 8.1h2.6"
      stroke="var(--on-primary)"
      strokeWidth="2"
      strokeLinecap="round"
    />
    <circle cx="14.3" cy="5" r="1.4" fill="var(--accent-fill)" />
  </svg>
);
