import type { FieldError } from '../../api/generated';
import { Button } from '../../ui/Button';

const MOST = 4;
const words = ({ field, message }: FieldError): string =>
  `${field.replace(/^scenario\.?/, '')} ${message}`.trim();

/** What the server found wrong, and where in the text. */
export function Faults({ faults, onLine }: { faults: readonly FieldError[]; onLine(line: number): void }) {
  if (faults.length === 0) return null;
  return (
    <ul className="faults" role="alert">
      {faults.slice(0, MOST).map((fault, i) => (
        <li key={i} className="fault">
          {fault.line !== undefined && (
            <Button tone="ghost" className="small" onClick={() => onLine(fault.line ?? 1)}>
              Line {fault.line}
            </Button>
          )}
          <span>{words(fault)}</span>
        </li>
      ))}
      {faults.length > MOST && <li className="fault">and {faults.length - MOST} more</li>}
    </ul>
  );
}
