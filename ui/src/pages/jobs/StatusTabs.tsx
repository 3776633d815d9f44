import type { Counts, JobFilter, Status } from '../../api/types';
import { count } from '../../core/numbers';
import { STATUSES, statusLabel } from '../../core/status';
import { Glyph } from '../../ui/Glyph';
import { Tabs } from '../../ui/Tabs';
import { LIST_ID } from './listId';

interface StatusTabsProps {
  filter: JobFilter;
  /** Inside the rest of the filter, as far as they are known. */
  counts: Partial<Counts> | undefined;
  onChange(filter: JobFilter): void;
}

type Choice = 'ALL' | Status;

/** All jobs or those of one status, with counts inside the rest of the filter. */
export function StatusTabs({ filter, counts, onChange }: StatusTabsProps) {
  const value: Choice | null = filter.status.length > 1 ? null : (filter.status[0] ?? 'ALL');
  const figure = (n: number | undefined) => n !== undefined && <span className="n">{count(n)}</span>;
  const all = counts ? STATUSES.reduce((sum, status) => sum + (counts[status] ?? 0), 0) : undefined;
  const tabs = [
    { id: 'ALL' as Choice, content: <>All{figure(all)}</> },
    ...STATUSES.map((status) => ({
      id: status as Choice,
      content: (
        <>
          <Glyph name={status} />
          {statusLabel(status)}
          {figure(counts ? (counts[status] ?? 0) : undefined)}
        </>
      ),
    })),
  ];
  return (
    <Tabs
      label="Job status"
      tabs={tabs}
      value={value}
      panelId={LIST_ID}
      onChange={(id) => onChange({ ...filter, status: id === 'ALL' ? [] : [id] })}
    />
  );
}
