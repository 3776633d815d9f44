import { Link } from '@tanstack/react-router';
import { count } from '../../core/numbers';
import { IN_PROCESS } from '../../core/work';
import { INSIDE, type Slot } from '../../core/workers';
import { Cells } from './Cells';
import { Lately } from './Lately';
import { Running } from './Running';

const WORDS: Record<string, string> = { simulator: 'simulator', exec: 'commands', http: 'webhooks' };

interface InsideCardProps {
  slots: readonly Slot[];
  usual: ReadonlyMap<string, number | null>;
  isChosen: boolean;
}

/** What runs inside the server itself. It is no worker, so it cannot be told to end. */
export function InsideCard({ slots, usual, isChosen }: InsideCardProps) {
  const parts = IN_PROCESS.flatMap((name) => {
    const n = slots.filter(({ job }) => job?.worker === name).length;
    return n > 0 ? `${WORDS[name] ?? name} ${count(n)}` : [];
  });
  return (
    <li className={isChosen ? 'w open' : 'w'} aria-labelledby="worker-inside">
      <div className="row">
        <span className="tile" aria-hidden="true">
          In
        </span>
        <h2 className="med ellip" id="worker-inside">
          <Link to="/workers/$id" params={{ id: INSIDE }} search={(kept) => kept} preload={false}>
            Inside the server
          </Link>
        </h2>
        <span className="grow" />
        <span className="num nowrap">
          <b>{count(slots.length)}</b> <span className="faint">running</span>
        </span>
      </div>
      <Cells slots={slots} usual={usual} name="Inside the server" />
      <Running slots={slots} none="Nothing runs there" isAll={isChosen} />
      <p className="faint ellip">
        {parts.length > 0 ? parts.join(', ') : 'simulator, commands and webhooks'}, without a worker
      </p>
      {isChosen && <Lately workers={IN_PROCESS} />}
    </li>
  );
}
