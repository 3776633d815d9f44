import { Copy, Inbox, Link2 } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { RefObject } from 'react';
import type { Job } from '../../api/types';
import { curlFor } from '../../core/curl';
import { ButtonMenu } from '../../ui/ButtonMenu';
import { copy } from '../../ui/toasts';
import type { MoreActionsProps } from './MoreActions';

const COMMANDS = ['retry', 'cancel', 'dead-letter', 'discard'] as const;

interface MoreMenuProps extends MoreActionsProps {
  job: Job;
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** What one needs less often: dead-lettering by hand, the link, and each action as a command line. */
export function MoreMenu({ job, letterRefusal, onLetter, button, onClose }: MoreMenuProps) {
  const path = `/jobs/${job.id}`;
  return (
    <ButtonMenu button={button} onClose={onClose}>
      <DropdownMenu.Item disabled={letterRefusal !== null} onSelect={onLetter}>
        <Inbox className="i s" />
        Dead-letter
        {letterRefusal && <span className="why">{letterRefusal}</span>}
      </DropdownMenu.Item>
      <DropdownMenu.Separator className="sep" />
      <DropdownMenu.Item onSelect={() => void copy(`${location.origin}/ui${path}`, 'the link to this job')}>
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
    </ButtonMenu>
  );
}
