import type { LabReport, LabRunResult } from '../../api/lab';
import { figuresOf } from '../../core/labFigures';
import { Hint } from '../../ui/Button';
import { SideMark, sideOf } from './SideMark';

/** Six figures of both sides; the better one is in full ink. */
export function Figures({ run, reports }: { run: LabRunResult; reports: readonly LabReport[] }) {
  return (
    <dl className="cmp">
      {figuresOf(reports, run.outages.length > 0).map(({ name, hint, values, better }) => (
        <div key={name}>
          <Hint text={hint}>
            <dt>{name}</dt>
          </Hint>
          {values.map((value, i) => (
            <dd key={sideOf(i)} className={better === null || better === i ? 'num win' : 'num'}>
              {run.b && <SideMark side={sideOf(i)} />}
              {value}
              {better === i && <span className="sr">, better</span>}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
