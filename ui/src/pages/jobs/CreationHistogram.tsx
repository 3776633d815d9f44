import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { creationOf } from '../../api/creation';
import { keys } from '../../api/keys';
import type { JobFilter } from '../../api/types';
import { createdWithin, creationBars, creationWords } from '../../core/creation';
import { queryFromFilter } from '../../core/filter';
import { count } from '../../core/numbers';
import { clockOrDate, millis } from '../../core/time';
import { Brush } from '../../plot/Brush';
import { EventBars } from '../../plot/EventBars';
import { Tip } from '../../plot/Tip';
import '../../plot/plot.css';
import { shareUnder } from '../../plot/shareUnder';
import { useZone } from '../../ui/preferences';
import { useLiveRefetch } from '../useLiveRefetch';
import './creation.css';

const GAP_MS = 5000;

interface CreationHistogramProps {
  filter: JobFilter;
  onFilter(filter: JobFilter): void;
}

/** When the jobs of a filter were created; dragging over it asks for those of a stretch of that time. */
export function CreationHistogram({ filter, onFilter }: CreationHistogramProps) {
  const zone = useZone();
  const [pointed, setPointed] = useState<number | null>(null);
  const key = keys.creation(queryFromFilter(filter));
  useLiveRefetch(key, GAP_MS);
  const { data } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => creationOf(filter, signal),
    placeholderData: keepPreviousData,
  });
  if (!data) return <div className="chart created" />;
  const bars = creationBars(data);
  const { until } = data.all;
  const time = (at: string): string => clockOrDate(millis(at), zone, millis(until));
  const isNarrowed = filter.after !== null || filter.before !== null;
  const at = pointed === null ? -1 : Math.min(bars.length - 1, Math.floor(pointed * bars.length));
  const bar = bars[at];
  return (
    <div
      className="chart created"
      onPointerMove={(event) => setPointed(shareUnder(event))}
      onPointerLeave={() => setPointed(null)}
    >
      <svg
        viewBox="0 0 1000 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={creationWords(bars, until, time)}
      >
        <EventBars
          bars={bars.map(({ all, retrying, failed }, i) => ({ at: i, all, failed: retrying, dead: failed }))}
        />
      </svg>
      <span className="lbl num" aria-hidden="true">
        {time(bars[0]?.from ?? until)}
      </span>
      <span className="lbl mid" aria-hidden="true">
        {isNarrowed ? 'double click for all times' : 'drag to narrow the time of creation'}
      </span>
      <Brush
        onPick={(a, b) => {
          const within = createdWithin(bars, a, b);
          // The end that was asked for stays; the one that is now goes on.
          if (within) onFilter({ ...filter, ...within, before: within.before ?? filter.before });
        }}
        onReset={() => onFilter({ ...filter, after: null, before: null })}
      />
      {bar && (
        <Tip share={(at + 0.5) / bars.length}>
          <span className="faint num">created from {time(bar.from)}</span>
          <span>
            {bar.isEstimated ? 'Jobs, about' : 'Jobs'}
            <b className="num">{count(bar.all)}</b>
          </span>
          {bar.retrying > 0 && (
            <span>
              <i className="sw" style={{ background: 'var(--retrying-fill)' }} />
              Retrying
              <b className="num">{count(bar.retrying)}</b>
            </span>
          )}
          {bar.failed > 0 && (
            <span>
              <i className="sw" style={{ background: 'var(--failed-fill)' }} />
              Failed
              <b className="num">{count(bar.failed)}</b>
            </span>
          )}
        </Tip>
      )}
    </div>
  );
}
