import { Popover } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { HINTS_ID } from './Button';
import { openedBy } from './openedBy';

interface ButtonPopoverProps {
  label: string;
  className: string;
  button: RefObject<HTMLButtonElement | null>;
  onClose(): void;
  children: ReactNode;
}

/** What opens under a button that stays one itself; the focus returns to it. */
export function ButtonPopover({ label, className, button, onClose, children }: ButtonPopoverProps) {
  return (
    <Popover.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Popover.Anchor virtualRef={button as RefObject<HTMLButtonElement>} />
      <Popover.Portal container={document.getElementById(HINTS_ID)}>
        <Popover.Content
          className={className}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
          {...openedBy(button)}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
