import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Command } from 'cmdk';
import { getJob } from '../../api/client';
import { keys } from '../../api/keys';
import { count } from '../../core/numbers';
import { jobSubject } from '../../core/title';
import { StatusMark } from '../../ui/Glyph';

interface JobItemProps {
  search: string;
  onChoose(run: () => void): void;
}

/** The job whose ID was typed: with or without separators, with or without a word before it. */
export function jobIdIn(search: string): number | null {
  const digits = /^\s*(?:job\s*)?#?(\d[\d,]*)\s*$/i.exec(search)?.[1]?.replaceAll(',', '');
  return digits !== undefined && digits.length <= 15 ? Number(digits) : null;
}

export function JobItem({ search, onChoose }: JobItemProps) {
  const id = jobIdIn(search);
  return id === null ? null : <KnownId id={id} search={search} onChoose={onChoose} />;
}

function KnownId({ id, search, onChoose }: JobItemProps & { id: number }) {
  const navigate = useNavigate();
  const { data, error } = useQuery({ queryKey: keys.job(id), queryFn: () => getJob(id), staleTime: 0 });
  const job = data?.value;
  return (
    <Command.Group heading="Jobs" forceMount>
      <Command.Item
        value={`job ${id}`}
        keywords={[search]}
        forceMount
        disabled={error !== null}
        onSelect={() => onChoose(() => void navigate({ to: '/jobs/$id', params: { id: String(id) } }))}
      >
        {job && <StatusMark status={job.status} />}
        <span className="ellip">{error ? `There is no job ${count(id)}` : (job?.type ?? 'Job')}</span>
        {job && <span className="dim ellip">{jobSubject(job)}</span>}
        <span className="grow" />
        {!error && <span className="mono faint">{id}</span>}
      </Command.Item>
    </Command.Group>
  );
}
