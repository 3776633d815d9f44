import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { Job, WithText } from '../../api/types';
import { useShortcuts } from '../../ui/shortcuts';
import { useIsPast } from '../past/context';
import { DETAILS, Details, isDetail } from './Details';
import { EventList } from './EventList';
import { JobHead } from './JobHead';
import type { JobParameters } from './parameters';
import { Questions } from './Questions';
import { StateDiff } from './StateDiff';
import { TimelineSection } from './TimelineSection';
import type { JobRecord } from './useJob';

/** Everything below the top bar; what is chosen stands in the address. */
export function JobBody({ record, job }: { record: JobRecord; job: WithText<Job> }) {
  const isPast = useIsPast();
  const search = useSearch({ from: '/jobs/$id' });
  const navigate = useNavigate({ from: '/jobs/$id' });
  const change = (part: JobParameters): void =>
    void navigate({ search: (kept) => ({ ...kept, ...part }), replace: true });

  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const generations = job.value.generation;
  const wanted = Number(search.generation);
  const generation = wanted >= 1 && wanted <= generations ? wanted : generations;
  const events = useMemo(() => record.events.map((event) => event.value), [record.events]);
  const position = Number(search.event);
  const chosen = position >= 1 && position <= events.length ? position - 1 : events.length - 1;
  const choose = (index: number): void => {
    const isLast = index >= events.length - 1;
    change({ event: isLast ? undefined : String(Math.max(0, index) + 1) });
  };
  useShortcuts('Job', [
    { keys: ['ArrowDown', 'j'], label: 'Next event', run: () => choose(chosen + 1) },
    { keys: ['ArrowUp', 'k'], label: 'Event before', run: () => choose(chosen - 1) },
    ...DETAILS.map(({ id, content }, i) => ({
      keys: [String(i + 1)],
      label: content,
      run: () => change({ tab: id }),
    })),
  ]);

  return (
    <div className="job">
      <JobHead job={job} events={events} onTaken={record.take} />
      <Questions
        job={job.value}
        isPast={isPast}
        events={events}
        chosen={search.why}
        onChange={(why) => change({ why })}
        onEvent={(seq) => choose(events.findIndex((event) => event.seq === seq))}
        onTaken={record.take}
      />
      <TimelineSection
        job={job.value}
        events={events}
        generation={generation}
        scale={search.scale}
        chosenSeq={events[chosen]?.seq ?? 0}
        onScale={(scale) => change({ scale })}
        onGeneration={(next) => change({ generation: next === generations ? undefined : String(next) })}
        onChoose={(seq) => choose(events.findIndex((event) => event.seq === seq))}
        onPoint={setPointed}
      />
      <div className="cols">
        <div className="left">
          <EventList events={events} chosen={chosen} pointed={pointed} onChoose={choose} />
          <StateDiff events={events} chosen={chosen} />
        </div>
        <Details
          job={job}
          event={record.events[chosen]}
          tab={isDetail(search.tab) ? search.tab : null}
          onTab={(tab) => change({ tab })}
        />
      </div>
    </div>
  );
}
