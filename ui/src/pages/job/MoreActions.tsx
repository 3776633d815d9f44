import { Copy, Ellipsis, Inbox, Link2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Job } from '../../api/types';
import { curlFor } from '../../core/curl';
import { Button, HINTS_ID } from '../../ui/Button';
import { copy } from '../../ui/toasts';

const COMMANDS = ['retry', 'cancel', 'dead-letter', 'discard'] as const;

interface MoreActionsProps {
  job: Job;
  letterRefusal: string | null;
  onLetter(): void;
}

/** What one needs less often: dead-lettering by hand, the link, and each action as a command line. */
export function MoreActions({ job, letterRefusal, onLetter }: MoreActionsProps) {
  const path = `/jobs/${job.id}`;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button size="icon" aria-label="More actions">
          <Ellipsis className="i s" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById(HINTS_ID)}>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          <DropdownMenu.Item disabled={letterRefusal !== null} onSelect={onLetter}>
            <Inbox className="i s" />
            Dead-letter
            {letterRefusal && <span className="why">{letterRefusal}</span>}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="sep" />
          <DropdownMenu.Item
            onSelect={() => void copy(`${location.origin}/ui${path}`, 'the link to this job')}
          >
            <Link2 className="i s" />
            Copy the link to this job
          </DropdownMenu.Item>
          {COMMANDS.map((action) => (
            <DropdownMenu.Item
              key={action}
              onSelect={() =>
                void copy(curlFor('{}', location.host, `${path}/${action}`), `the command for ${action}`)
              }
            >
              <Copy className="i s" />
              Copy {action} as curl
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
