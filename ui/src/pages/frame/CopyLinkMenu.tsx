import { DropdownMenu } from 'radix-ui';
import { HINTS_ID } from '../../ui/Button';
import { copyLink } from './useAnywhereKeys';
import type { CopyMoment } from './useCopyMoment';

interface CopyLinkMenuProps {
  moment: CopyMoment;
  onClose(): void;
}

/** What link to copy. */
export function CopyLinkMenu({ moment, onClose }: CopyLinkMenuProps) {
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      {/* Only where the menu is: a press of the button is no wish for it. */}
      <DropdownMenu.Trigger asChild>
        <i aria-hidden="true" tabIndex={-1} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById(HINTS_ID)}>
        <DropdownMenu.Content
          className="menu"
          align="end"
          collisionPadding={8}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <DropdownMenu.Item onSelect={copyLink}>
            Link to this page
            <span className="why">live, for whoever opens it</span>
          </DropdownMenu.Item>
          <DropdownMenu.Item disabled={moment.refusal !== null} onSelect={moment.copy}>
            Link to this moment
            <span className="why">{moment.refusal ?? 'shows what is here now, for good'}</span>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
