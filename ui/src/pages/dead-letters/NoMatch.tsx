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
