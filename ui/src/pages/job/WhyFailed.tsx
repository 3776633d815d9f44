import type { FailReason } from '../../core/reasons';
import { ClockTime } from '../../ui/Time';

/** What ended the job, and the failure that led there. */
export function WhyFailed({ reason, link }: { reason: FailReason; link(seq: number): React.ReactNode }) {
  const { failed, ended } = reason;
  return (
    <ul className="gates">
      {failed && (
        <li data-part="failed">
          <span className="what wide">
            <b>
              Attempt {failed.attempt} failed: {failed.type}
            </b>
            {failed.message && <span className="sub">{failed.message}</span>}
          </span>
          <span className="cause">{link(failed.seq)}</span>
        </li>
      )}
      <li data-part="ended">
        <span className="what wide">
          <b>
            A dead letter since <ClockTime at={ended.at} />: {ended.words}
          </b>
        </span>
        <span className="cause">{link(ended.seq)}</span>
      </li>
    </ul>
  );
}
