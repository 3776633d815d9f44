import { X } from 'lucide-react';
import { AlertDialog, Dialog } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from './Button';

/** Starts in the first field, and gives the focus back to where it was, which may be a row and no button. */
function useFocusHandover() {
  const before = useRef(document.activeElement);
  return {
    onOpenAutoFocus(event: Event): void {
      before.current = document.activeElement;
      const field = (event.target as HTMLElement).querySelector<HTMLElement>('input,textarea,select');
      if (!field) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus(event: Event): void {
      event.preventDefault();
      if (before.current instanceof HTMLElement) before.current.focus();
    },
  };
}

interface DrawerProps {
  title: string;
  description: string;
  isOpen: boolean;
  onClose(): void;
  children: ReactNode;
}

/** A form or list at the right edge; traps the focus and gives it back. */
export function Drawer({ title, description, isOpen, onClose, children }: DrawerProps) {
  const focus = useFocusHandover();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="shade" />
        <Dialog.Content className="drawer dlg" {...focus}>
          <header>
            <Dialog.Title>{title}</Dialog.Title>
            <span className="grow" />
            <Dialog.Close asChild>
              <Button tone="ghost" size="icon" aria-label="Close">
                <X className="i s" />
              </Button>
            </Dialog.Close>
          </header>
          <Dialog.Description className="sr">{description}</Dialog.Description>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface ConfirmProps {
  title: string;
  children: ReactNode;
  action: string;
  dismiss: string;
  isOpen: boolean;
  /** Why it cannot be confirmed yet. */
  refusal?: string | null;
  tone?: 'pri' | 'solid-danger';
  /** Beside the two buttons. */
  extra?: ReactNode;
  onClose(): void;
  onConfirm(): void;
}

/** Asks before something that cannot be taken back. */
export function Confirm({
  title,
  children,
  action,
  dismiss,
  isOpen,
  refusal,
  tone = 'solid-danger',
  extra,
  onClose,
  onConfirm,
}: ConfirmProps) {
  const focus = useFocusHandover();
  return (
    <AlertDialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="shade" />
        <AlertDialog.Content className="modal dlg" {...focus}>
          <header>
            <AlertDialog.Title>{title}</AlertDialog.Title>
          </header>
          <AlertDialog.Description asChild>
            <div className="db">{children}</div>
          </AlertDialog.Description>
          <footer>
            {extra}
            <span className="grow" />
            <AlertDialog.Cancel asChild>
              <Button size="lg">{dismiss}</Button>
            </AlertDialog.Cancel>
            {refusal ? (
              <Button size="lg" refusal={refusal}>
                {action}
              </Button>
            ) : (
              <AlertDialog.Action asChild>
                <Button size="lg" tone={tone} onClick={onConfirm}>
                  {action}
                </Button>
              </AlertDialog.Action>
            )}
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
