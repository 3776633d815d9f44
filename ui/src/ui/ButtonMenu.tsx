import { DropdownMenu } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { HINTS_ID } from './Button';
import { openedBy } from './openedBy';

interface ButtonMenuProps {
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
  /** Items of a DropdownMenu. */
  children: ReactNode;
}

/** A menu of a button that stays one itself, beside which it stands; the focus returns to it. Loaded when it is opened. */
export function ButtonMenu({ button, onClose, children }: ButtonMenuProps) {
  return (
    <DropdownMenu.Root modal={false} open onOpenChange={(isOpen) => !isOpen && onClose()}>
      {/* Only where the menu is: the button is pressed for itself. */}
      <DropdownMenu.Trigger asChild>
        <i aria-hidden="true" tabIndex={-1} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal container={document.getElementById(HINTS_ID)}>
        <DropdownMenu.Content
          className="menu"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          {...openedBy(button)}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
