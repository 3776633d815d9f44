import { Popover } from 'radix-ui';
import type { RefObject } from 'react';
import { HINTS_ID } from '../../ui/Button';
import { ZoneList } from './ZoneList';

interface ZoneMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
}

/** The list of zones under its button. */
export function ZoneMenu({ button, onClose }: ZoneMenuProps) {
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
      <Popover.Portal container={document.getElementById(HINTS_ID)}>
        <Popover.Content
          className="menu zones"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Time zone"
          onInteractOutside={(event) => {
            // The button closes it by itself.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
          }}
        >
          <ZoneList onChosen={onClose} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
