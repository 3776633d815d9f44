import type { RetryPolicy } from '../api/types';
import { staircase } from '../core/labPolicy';
import { delayRange } from '../core/policy';

const STEPS = 8;
const TALL = 34;

/** The delays before the next attempts; what jitter may add is pale. */
export function Stair({ policy, isB = false }: { policy: RetryPolicy; isB?: boolean }) {
  const ranges = Array.from({ length: STEPS }, (_, i) => delayRange(policy, i + 1));
  const most = Math.max(1, ...ranges.map(({ max }) => max));
  const height = (ms: number): number => Math.max(2, TALL * Math.sqrt(ms / most));
  const jitter = ranges.some(({ min, max }) => max > min) ? ', and up to the pale part more' : '';
  const label = `Delays before the next attempts: ${staircase(ranges.map(({ min }) => min))}${jitter}`;
  return (
    <svg
      className={isB ? 'stair b' : 'stair'}
      width={STEPS * 10 - 3}
      height={TALL}
      role="img"
      aria-label={label}
    >
      {ranges.map(({ min, max }, i) => (
        <g key={i}>
          <rect className="may" x={i * 10} y={TALL - height(max)} width="7" height={height(max)} rx="1.5" />
          <rect x={i * 10} y={TALL - height(min)} width="7" height={height(min)} rx="1.5" />
        </g>
      ))}
    </svg>
  );
}
