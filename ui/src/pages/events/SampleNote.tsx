import { TriangleAlert } from 'lucide-react';
import { MOST_ROWS_A_SECOND } from '../../live/sampling';
import { Button } from '../../ui/Button';

interface SampleNoteProps {
  sample: { oneIn: number; only: string | null };
  isFollowing: boolean;
  onOnly(type: string): void;
  onShowAll(): void;
}

/** Says that not every row is here, which ones are, and how to see all. */
export function SampleNote({ sample, isFollowing, onOnly, onShowAll }: SampleNoteProps) {
  const { oneIn, only } = sample;
  return (
    <div className="sampled">
      <TriangleAlert className="i s" />
      <p>
        <b role="status">Showing 1 in {oneIn}.</b>{' '}
        <span className="dim">
          Above {MOST_ROWS_A_SECOND} rows a second the view samples, but leaves out no failure and no event of
          the system. Counts, the rate and the log itself are exact.
        </span>
      </p>
      <span className="grow" />
      {isFollowing ? (
        only !== null && <Button onClick={() => onOnly(only)}>Only {only}, shows all</Button>
      ) : (
        <Button onClick={onShowAll}>Show all rows</Button>
      )}
    </div>
  );
}
