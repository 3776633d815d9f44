import { useQuery } from '@tanstack/react-query';
import { keys } from '../../api/keys';
import { lastTaken } from '../../api/lastTaken';
import { RelativeTime } from '../../ui/Time';

/** When the last dead letter was redriven or discarded, where the newest part of the log tells; `until` is an event of the past. */
export function LastTaken({ until }: { until: number | null }) {
  const { data } = useQuery({
    queryKey: keys.lastTaken(until),
    queryFn: ({ signal }) => lastTaken(until, signal),
    refetchOnMount: until === null ? 'always' : true,
  });
  if (!data) return null;
  return (
    <p className="dim">
      The last one was {data.how} <RelativeTime at={data.at} seq={data.seq} />.
    </p>
  );
}
