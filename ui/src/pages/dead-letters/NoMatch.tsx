import { Link } from '@tanstack/react-router';
import { count } from '../../core/numbers';
import { Button } from '../../ui/Button';
import { Notice } from '../../ui/Empty';

export function NoMatch({ total, onClear }: { total: number | undefined; onClear(): void }) {
  return (
    <Notice title="No dead letter matches this filter">
      {total !== undefined && <p className="dim">Without it there would be {count(total)}.</p>}
      <div className="row">
        <Button onClick={onClear}>Clear the filter</Button>
      </div>
    </Notice>
  );
}

/** A group that has emptied is not replaced by another: its buttons would then be about other jobs. */
export function GoneGroup() {
  return (
    <Notice title="No dead letters in this group">
      <p className="dim">They were redriven or discarded, or none has used up its attempts yet.</p>
      <div className="row">
        <Link className="btn" to="/dead-letters" search={(kept) => ({ ...kept, group: undefined })}>
          All groups
        </Link>
      </div>
    </Notice>
  );
}
