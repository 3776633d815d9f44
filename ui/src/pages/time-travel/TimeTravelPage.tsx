import { useEffect } from 'react';
import '../../plot/plot.css';
import { OfflineBanner } from '../frame/OfflineBanner';
import { TopBar } from '../frame/TopBar';
import { FirstRun } from '../jobs/EmptyLists';
import { Banner } from '../past/Banner';
import { useLiveState, useServices } from '../services';
import { useTitle } from '../useTitle';
import { Then } from './Then';
import { TravelBody } from './TravelBody';
import './then.css';
import './time-travel.css';
import { LIVE, useTravel } from './useTravel';

/** The whole system at any moment of the log. */
export function TimeTravelPage() {
  const { live } = useServices();
  const { stats } = useLiveState();
  const travel = useTravel();
  const { view, isLive, time, now } = travel;
  useTitle('Time travel');
  useEffect(() => live.subscribe({ subscribe: ['stats'] }), [live]);
  const isEmpty = stats?.total === 0 && (travel.view.state?.newest_seq ?? 0) <= stats.seq;
  return (
    <>
      <TopBar>
        <h1>Time travel</h1>
      </TopBar>
      <OfflineBanner />
      {isEmpty ? (
        <div className="body">
          <FirstRun />
        </div>
      ) : (
        <>
          <Banner
            isLive={isLive}
            seq={view.moment.kind === 'seq' ? view.moment.seq : (view.state?.seq ?? null)}
            time={time}
            now={now}
            onLive={() => travel.go(LIVE)}
          />
          <div className="body tt">
            <TravelBody travel={travel}>
              {(parts) => <Then travel={travel} now={stats} {...parts} />}
            </TravelBody>
          </div>
        </>
      )}
    </>
  );
}
