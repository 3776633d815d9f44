import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { keys } from '../../api/keys';
import { type LabRun, listRuns } from '../../api/lab';
import { choiceName, runName } from '../../core/labHistory';
import { clock, millis } from '../../core/time';
import { Button, HINTS_ID } from '../../ui/Button';
import { Glyph, type GlyphName } from '../../ui/Glyph';
import { useZone } from '../../ui/preferences';

const GLYPHS: Record<LabRun['status'], GlyphName> = {
  queued: 'QUEUED',
  running: 'RUNNING',
  finished: 'SUCCEEDED',
  stopped: 'CANCELLED',
  failed: 'ATTEMPT_FAILED',
};

export const glyphOf = ({ status, passed }: LabRun): GlyphName =>
  status === 'finished' && passed === false ? 'ATTEMPT_FAILED' : GLYPHS[status];

export const useRuns = () =>
  useQuery({ queryKey: keys.labRuns, queryFn: listRuns, refetchOnMount: 'always' });

export const namesOf = (run: LabRun): string =>
  [run.a, run.b].flatMap((choice) => choiceName(run, choice) || []).join(' and ');

/** The runs that the server still knows. */
export function RunsMenu() {
  const runs = useRuns();
  const navigate = useNavigate();
  const zone = useZone();
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(open) => open && void runs.refetch()}>
      <DropdownMenu.Trigger asChild>
        <Button tone="ghost" data-wide>
          Runs
          <ChevronDown className="i s" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById(HINTS_ID)}>
        <DropdownMenu.Content className="menu runs" align="start" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item onSelect={() => void navigate({ to: '/lab', search: {} })}>
            A new scenario
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="sep" />
          {runs.data?.length === 0 && <DropdownMenu.Item disabled>There is no run yet</DropdownMenu.Item>}
          {runs.data?.map((run) => (
            <DropdownMenu.Item
              key={run.id}
              onSelect={() =>
                void navigate({ to: '/lab/runs/$run', params: { run: String(run.id) }, search: {} })
              }
            >
              <Glyph name={glyphOf(run)} />
              <span className="ellip what">{runName(run, zone)}</span>
              <span className="faint num">{clock(millis(run.created_at), zone)}</span>
              <span className="why">
                {namesOf(run)}, seed {run.seed}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
