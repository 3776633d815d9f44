import { Popover } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { HINTS_ID } from './Button';

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
          onInteractOutside={(event) => {
            // The button closes it by itself.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
          }}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
