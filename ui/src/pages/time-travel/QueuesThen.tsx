import { memo } from 'react';
import type { PastQueue } from '../../api/past';
import { count } from '../../core/numbers';
import { QueueLink } from '../queues/QueueLink';

const MOST = 12;

/** Queues with their counts, and whether they were paused or limited then. */
export const QueuesThen = memo(function QueuesThen({ queues }: { queues: readonly PastQueue[] }) {
  const weight = ({ paused, by_status: by }: PastQueue): number =>
    (paused ? 1e9 : 0) + by.RUNNING * 1e3 + by.QUEUED + by.RETRYING;
  const shown = [...queues]
    .sort((a, b) => weight(b) - weight(a) || a.name.localeCompare(b.name))
    .slice(0, MOST);
  return (
    <section aria-labelledby="h-queues">
      <header className="hd">
        <h2 id="h-queues">Queues</h2>
        <span className="grow" />
        <span className="sub">pauses and limits as they were then</span>
      </header>
      {queues.length === 0 ? (
        <p className="faint none">No queue had jobs or settings yet.</p>
      ) : (
        <table className="qt num">
          <thead>
            <tr>
              <th scope="col">Queue</th>
              <th scope="col">Queued</th>
              <th scope="col">Retrying</th>
              <th scope="col">Running</th>
              <th scope="col">Failed</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((queue) => (
              <QueueThen key={queue.name} queue={queue} />
            ))}
          </tbody>
        </table>
      )}
      {queues.length > MOST && (
        <p className="sub none">and {count(queues.length - MOST)} more with less to do</p>
      )}
    </section>
  );
});

const tone = (n: number, bad = ''): string | undefined => (n === 0 ? 'faint' : bad || undefined);

function QueueThen({ queue }: { queue: PastQueue }) {
  const { name, paused, pause_reason: reason, concurrency: limit, by_status: by } = queue;
  return (
    <tr>
      <th scope="row">
        <span className="row tight">
          <QueueLink name={name} className="ellip med" />
          {paused && <span className="chip pz">Paused</span>}
          {paused && reason !== '' && (
            <span className="ellip sub why" title={reason}>
              {reason}
            </span>
          )}
        </span>
      </th>
      <td className={tone(by.QUEUED)}>{count(by.QUEUED)}</td>
      <td className={tone(by.RETRYING, 'c-retrying')}>{count(by.RETRYING)}</td>
      <td className={tone(by.RUNNING)}>
        {limit !== null && (
          <span className="cap" aria-hidden="true">
            <i style={{ width: `${Math.min(100, (by.RUNNING / Math.max(1, limit)) * 100)}%` }} />
          </span>
        )}
        {count(by.RUNNING)}
        {limit !== null && <span className="faint"> of {count(limit)}</span>}
      </td>
      <td className={tone(by.FAILED, 'c-failed')}>{count(by.FAILED)}</td>
    </tr>
  );
}
