import type { Trait } from '../../core/deadLetters';
import { percent } from '../../core/numbers';

const TELLING = 0.2;

interface InCommonProps {
  traits: readonly Trait[];
  /** What the group is compared with. */
  against: string;
}

/** What many jobs of the group share; strong where that sets it apart. */
export function InCommon({ traits, against }: InCommonProps) {
  if (traits.length === 0) return null;
  return (
    <section aria-labelledby="h-common">
      <div className="hd">
        <h2 id="h-common">What they have in common</h2>
        <span className="sub num against">bar is this group, tick is {against}</span>
      </div>
      <dl className="fc">
        {traits.map(({ field, value, share, elsewhere }, i) => (
          <div key={`${field} ${value}`}>
            <dt className="mono ellip" title={field}>
              {traits[i - 1]?.field === field ? '' : field}
            </dt>
            <dd>
              <span className="ellip" title={value}>
                {value}
              </span>
              <span className="fb" aria-hidden="true">
                <i
                  className={share - elsewhere > TELLING ? 'hot' : ''}
                  style={{ width: `${share * 100}%` }}
                />
                <u style={{ left: `${elsewhere * 100}%` }} />
              </span>
              <span className="num right">{percent(share).replace('.0 %', ' %')}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
